/// Rows as columns of equal length.
package struct Batch {
  /// One vector for each column, each holding ``count`` values.
  package var columns: [ColumnVector]
  /// Rows.
  package var count: Int

  /// Rows made of `columns`, each of which holds `count` values.
  package init(columns: [ColumnVector], count: Int) {
    self.columns = columns
    self.count = count
  }
}
