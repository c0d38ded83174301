package import Columnar

/// One column of a source.
package struct InputColumn: Codable, Sendable, Equatable {
  /// The name, as the file's header or the format gives it.
  package var name: String
  /// The type its values are read as.
  package var type: ColumnType
  /// Whether the topology's `columns:` gave the type; otherwise it was inferred from a sample.
  package var isDeclared: Bool

  /// A column.
  package init(name: String, type: ColumnType, isDeclared: Bool = false) {
    self.name = name
    self.type = type
    self.isDeclared = isDeclared
  }
}
