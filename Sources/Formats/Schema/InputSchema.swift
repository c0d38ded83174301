import Columnar

/// The columns of a source, in order.
package struct InputSchema: Codable, Sendable, Equatable {
  /// The columns, in the order of the file's fields; names are unique.
  package var columns: [InputColumn]

  /// A schema of `columns`.
  package init(columns: [InputColumn]) { self.columns = columns }

  /// Plain lines: one text column `line`.
  package static var text: InputSchema {
    InputSchema(columns: [InputColumn(name: "line", type: .text)])
  }

  /// A range: one bigint column `value`.
  package static var range: InputSchema {
    InputSchema(columns: [InputColumn(name: "value", type: .bigint)])
  }

  /// Raw bytes: no column.
  package static var bytes: InputSchema { InputSchema(columns: []) }

  /// The index of the column with this name.
  package func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }
}
