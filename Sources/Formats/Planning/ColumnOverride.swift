package import Columnar

/// A column's type as the topology's `columns:` gives it.
package struct ColumnOverride: Sendable, Equatable {
  /// The column's name.
  package var name: String
  /// The type its values are read as.
  package var type: ColumnType

  /// Declares that `name` is of `type`.
  package init(name: String, type: ColumnType) {
    self.name = name
    self.type = type
  }
}
