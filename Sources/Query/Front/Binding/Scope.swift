import Columnar
import Formats

/// The names that a query can use.
struct Scope: Sendable {
  /// One thing in FROM that has columns.
  struct Table: Sendable {
    /// What the query calls it.
    var name: String
    var columns: [InputColumn]
    /// The index of its first column among those of all tables.
    var first: Int
    /// Indexes into `columns` that only a qualified name means: JOIN … USING shows a column once.
    var merged: Set<Int> = []
  }

  /// A set-returning function in FROM: its table's and its column's name.
  struct Derived: Sendable {
    var table: String
    var column: String
  }

  /// What stands in FROM, in order; what drives the query is the first.
  private(set) var tables: [Table] = []
  /// The columns of all tables.
  private(set) var columns: [InputColumn] = []
  /// The set-returning function in FROM.
  var derived: Derived?
  /// Names given in the select list, for errors.
  var aliases: Set<String> = []
  /// Which tables may be mentioned; all, where it does not say.
  var visible: [Bool]?
  /// Where the tables of the sub-query begin that is being bound, whose names come first.
  private var innermost = 0
  private var indexes: [String: [Int]] = [:]

  /// What the query calls what drives it.
  var inputName: String { tables.first?.name ?? "input" }

  /// Adds something of FROM.
  ///
  /// - Throws: ``SQLError`` when its name is taken.
  mutating func add(_ name: String, _ columns: [InputColumn], at position: Int) throws(SQLError) {
    if tables[innermost...].contains(where: { $0.name == name }) || derived?.table == name {
      throw SQLError(
        position: position, "table name \"\(name)\" specified more than once; give it an alias")
    }
    tables.append(Table(name: name, columns: columns, first: self.columns.count))
    for column in columns {
      indexes[column.name, default: []].append(self.columns.count)
      self.columns.append(column)
    }
  }

  /// Has a column of the last table mean its namesake of an earlier one.
  mutating func merge(_ column: Int) {
    tables[tables.count - 1].merged.insert(column)
    let last = tables[tables.count - 1]
    indexes[last.columns[column].name]?.removeAll { $0 == last.first + column }
  }

  /// Adds the table of a sub-query, whose names come before those there are.
  mutating func nest(
    _ name: String, _ columns: [InputColumn], at position: Int
  ) throws(SQLError) {
    innermost = tables.count
    try add(name, columns, at: position)
  }

  /// What an unqualified name means, or `nil` when it means nothing.
  ///
  /// - Throws: ``SQLError`` when it could mean two things.
  func find(_ name: String, at position: Int) throws(SQLError) -> Reference? {
    let all = (indexes[name] ?? []).filter(isVisible)
    let first = innermost < tables.count ? tables[innermost].first : 0
    let inner = all.filter { $0 >= first }
    let found = inner.isEmpty ? all : inner
    if found.count > 1 { throw ambiguous(name, found, at: position) }
    guard let derived, derived.column == name else {
      return found.first.map { Reference(target: .column($0), name: name, position: position) }
    }
    if !found.isEmpty {
      throw SQLError(
        position: position,
        "column reference \"\(name)\" is ambiguous; "
          + "write \(Self.quoted(inputName)).\(Self.quoted(name)) or "
          + "\(Self.quoted(derived.table)).\(Self.quoted(name))")
    }
    return Reference(target: .expansion, name: name, position: position)
  }

  private func isVisible(_ column: Int) -> Bool {
    guard let visible, let owner = tables.lastIndex(where: { $0.first <= column }) else {
      return true
    }
    // The tables of a sub-query are no part of FROM around it.
    return owner >= visible.count || visible[owner]
  }

  private func ambiguous(_ name: String, _ found: [Int], at position: Int) -> SQLError {
    let owners = found.compactMap { index in
      tables.last { $0.first <= index }.map { Self.quoted($0.name) }
    }
    let help =
      Set(owners).count == 1
      ? "the input has several columns of this name, give them different names where they are made"
      : "write " + owners.map { "\($0).\(Self.quoted(name))" }.joined(separator: " or ")
    return SQLError(position: position, "column reference \"\(name)\" is ambiguous; \(help)")
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
    let table = try table(qualifier, at: position)
    let found = table.columns.indices.filter { table.columns[$0].name == name }
    guard let column = found.first else {
      throw unknown(name, shown: "\(qualifier).\(name)", at: position)
    }
    if found.count > 1 { throw ambiguous(name, found.map { $0 + table.first }, at: position) }
    return Reference(target: .column(table.first + column), name: name, position: position)
  }

  /// The table called `qualifier`.
  ///
  /// - Throws: ``SQLError`` when there is none.
  func table(_ qualifier: String, at position: Int) throws(SQLError) -> Table {
    if let index = tables.lastIndex(where: { $0.name == qualifier }) {
      guard visible.map({ index >= $0.count || $0[index] }) ?? true else {
        throw SQLError(
          position: position,
          "invalid reference to FROM-clause entry for table \"\(qualifier)\"; a JOIN's condition "
            + "knows only what it joins")
      }
      return tables[index]
    }
    let help: String
    if qualifier == "input" {
      help = "the query calls it \(Self.quoted(inputName))"
    } else if tables.count == 1 {
      help = "a query reads only \(Self.quoted(inputName))"
    } else {
      help = "there are \(tables.map { Self.quoted($0.name) }.joined(separator: ", "))"
    }
    throw SQLError(
      position: position, "missing FROM-clause entry for table \"\(qualifier)\"; \(help)")
  }

  private func unknown(_ name: String, shown: String, at position: Int) -> SQLError {
    SQLError(position: position, "column \(shown) does not exist; \(help(for: name))")
  }

  private func help(for name: String) -> String {
    if visible != nil, indexes[name]?.isEmpty == false {
      return "a JOIN's condition knows only what it joins"
    }
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

  /// The name with what it belongs to in FROM, as PostgreSQL's errors show it.
  func qualifiedName(of reference: Reference) -> String {
    switch reference.target {
    case .column(let index):
      let owner = tables.last { $0.first <= index && !$0.columns.isEmpty }
      return "\(owner?.name ?? inputName).\(reference.name)"
    case .expansion: return "\(derived?.table ?? inputName).\(reference.name)"
    default: return reference.name
    }
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
