import Columnar
import Formats

/// The names that a query can use.
struct Scope: Sendable {
  /// A set-returning function in FROM: its table's and its column's name.
  struct Derived: Sendable {
    var table: String
    var column: String
  }

  /// The input's columns.
  let columns: [InputColumn]
  /// What the query calls the input.
  var inputName = "input"
  /// The set-returning function in FROM.
  var derived: Derived?
  /// Names given in the select list, for errors.
  var aliases: Set<String> = []
  private let indexes: [String: Int]
  /// Names that several columns have, as the output of a stage before may.
  private let repeated: Set<String>

  init(_ schema: InputSchema) {
    columns = schema.columns
    indexes = Dictionary(
      schema.columns.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    repeated = Set(schema.columns.map(\.name).filter { !seen.insert($0).inserted })
  }

  /// The column called `name`, or `nil` when there is none.
  private func column(_ name: String, at position: Int) throws(SQLError) -> Int? {
    guard repeated.contains(name) else { return indexes[name] }
    throw SQLError(
      position: position,
      "column reference \"\(name)\" is ambiguous; the input has several columns of this name, "
        + "give them different names where they are made")
  }

  /// What an unqualified name means, or `nil` when it means nothing.
  ///
  /// - Throws: ``SQLError`` when it could mean two things.
  func find(_ name: String, at position: Int) throws(SQLError) -> Reference? {
    let column = try column(name, at: position)
    guard let derived, derived.column == name else {
      return column.map { Reference(target: .column($0), name: name, position: position) }
    }
    if column != nil {
      throw SQLError(
        position: position,
        "column reference \"\(name)\" is ambiguous; "
          + "write \(Self.quoted(inputName)).\(Self.quoted(name)) or "
          + "\(Self.quoted(derived.table)).\(Self.quoted(name))")
    }
    return Reference(target: .expansion, name: name, position: position)
  }

  /// What a name means.
  ///
  /// - Throws: ``SQLError`` when it means nothing, naming the nearest column.
  func resolve(_ qualifier: String?, _ name: String, at position: Int) throws(SQLError) -> Reference
  {
    guard let qualifier else {
      if let reference = try find(name, at: position) { return reference }
      throw unknown(name, shown: "\"\(name)\"", at: position)
    }
    if let derived, derived.table == qualifier {
      guard derived.column == name else {
        throw SQLError(
          position: position,
          "column \(qualifier).\(name) does not exist; "
            + "\(Self.quoted(qualifier)) has one column, \(Self.quoted(derived.column))")
      }
      return Reference(target: .expansion, name: name, position: position)
    }
    try check(qualifier, at: position)
    guard let column = try column(name, at: position) else {
      throw unknown(name, shown: "\(qualifier).\(name)", at: position)
    }
    return Reference(target: .column(column), name: name, position: position)
  }

  /// Throws unless `qualifier` names the input.
  func check(_ qualifier: String, at position: Int) throws(SQLError) {
    if qualifier == inputName { return }
    let help =
      qualifier == "input"
      ? "the query calls it \(Self.quoted(inputName))"
      : "a query reads only \(Self.quoted(inputName))"
    throw SQLError(
      position: position, "missing FROM-clause entry for table \"\(qualifier)\"; \(help)")
  }

  private func unknown(_ name: String, shown: String, at position: Int) -> SQLError {
    SQLError(position: position, "column \(shown) does not exist; \(help(for: name))")
  }

  private func help(for name: String) -> String {
    let names = columns.map(\.name) + (derived.map { [$0.column] } ?? [])
    if let other = names.first(where: { $0.lowercased() == name.lowercased() }) {
      return "names are taken in lower case unless quoted: write \(Self.quoted(other))"
    }
    if aliases.contains(name) {
      return "a name given in the select list can be used in GROUP BY and ORDER BY only, "
        + "elsewhere repeat the expression"
    }
    if let nearest = Suggestion.nearest(to: name, in: names) {
      return "did you mean \(Self.quoted(nearest))?"
    }
    if names.isEmpty { return "the input has no columns" }
    let shown = names.prefix(12).map(Self.quoted).joined(separator: ", ")
    return "the input has \(shown)\(names.count > 12 ? ", …" : "")"
  }

  /// The name as SQL writes it.
  static func quoted(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy {
        ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F
      } && name.utf8.first.map { $0 > 0x39 } ?? false
    return isPlain
      ? name
      : "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
  }
}
