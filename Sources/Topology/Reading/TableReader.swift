/// Reads `tables:`.
struct TableReader {
  static let keys = [
    "file", "format", "columns", "header", "nulls", "delimiter", "quote", "max_record",
  ]
  /// The most tables a topology may have.
  static let most = 64

  let context: LoadContext

  /// The tables that can be read; what is wrong with the others is reported.
  func read(_ node: YAMLNode) -> [Topology.Table] {
    guard case .mapping(let entries) = node.content else {
      let expected = "a mapping such as 'tables: { airlines: { file: airlines.csv } }'"
      return context.wrongType(node, "tables", expected: expected) ?? []
    }
    if entries.count > Self.most {
      context.report("tables has more than \(Self.most) entries", at: node.position)
    }
    return entries.compactMap { entry in
      let what = "tables.\(LoadContext.excerpt(entry.key))"
      guard checkName(entry.key, at: entry.keyPosition),
        let fields = Fields.read(
          entry.value, what, known: Self.keys, remedy: "file: PATH", in: context)
      else { return nil }
      guard let file = fields["file"] else {
        context.report("\(what) needs 'file'", at: fields.position)
        return nil
      }
      if case .sequence = file.value.content {
        context.report("\(what).file is one path, not a list", at: file.value.position)
        return nil
      }
      let reader = FileSourceReader(context: context, fields: fields, what: what, key: "file")
      guard let source = reader.source(file.value) else { return nil }
      if source.format == .bytes {
        context.report("\(what): format: bytes has no records", at: file.value.position)
        return nil
      }
      return Topology.Table(name: entry.key, source: source, position: entry.keyPosition)
    }
  }

  /// A name that SQL takes without quotes, and that is not that of the source.
  private func checkName(_ name: String, at position: TopologyPosition) -> Bool {
    let isName =
      name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
      } && name.utf8.first.map { $0 > 0x39 } ?? false && name.utf8.count <= 63
    guard isName, name != "input" else {
      context.report(
        name == "input"
          ? "a table cannot be called 'input', which is what queries call the source"
          : "'\(LoadContext.excerpt(name))' is no name for a table: use a to z, 0 to 9 and _, "
            + "beginning with a letter", at: position)
      return false
    }
    return true
  }
}
