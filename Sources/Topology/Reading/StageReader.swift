/// Reads `stages:`.
struct StageReader {
  /// Most stages of a topology.
  static let limit = 100
  static let keys = ["name", "sql", "operator", "exec"]

  let context: LoadContext

  /// The stages that can be read.
  func read(_ node: YAMLNode) -> [Topology.Stage] {
    guard case .sequence(let items) = node.content else {
      let expected = "a list of stages such as '- { name: report, sql: SELECT … }'"
      return context.wrongType(node, "stages", expected: expected) ?? []
    }
    guard !items.isEmpty, items.count <= Self.limit else {
      let message =
        items.isEmpty ? "stages is empty: add one" : "there are more than \(Self.limit) stages"
      context.report(message, at: node.position)
      return []
    }
    var stages: [Topology.Stage] = []
    for (index, item) in items.enumerated() {
      guard let stage = readStage(item, "stages.\(index)") else { continue }
      stages.append(stage)
    }
    return stages
  }

  private func readStage(_ node: YAMLNode, _ what: String) -> Topology.Stage? {
    let remedy = "{ name: report, sql: SELECT … }"
    guard
      let fields = Fields.read(
        node, what, known: Self.keys, rootKeys: TopologyReader.settings, remedy: remedy,
        in: context)
    else { return nil }
    let name = readName(fields, what)
    let kinds = fields.present(among: ["sql", "operator", "exec"])
    for other in kinds.dropFirst() {
      context.report(
        "\(what) has both '\(kinds[0].key)' and '\(other.key)': keep one", at: other.keyPosition)
    }
    guard let kind = kinds.first else {
      context.report("\(what) must have one of 'sql' and 'operator'", at: fields.position)
      return nil
    }
    guard let work = readWork(kind, what), let name else { return nil }
    return Topology.Stage(name: name, position: fields.position, work: work)
  }

  private func readName(_ fields: Fields, _ what: String) -> String? {
    guard let entry = fields["name"] else {
      context.report("\(what) needs a 'name'", at: fields.position)
      return nil
    }
    return context.name(entry.value, "\(what).name")
  }

  private func readWork(_ kind: YAMLEntry, _ what: String) -> Topology.Work? {
    switch kind.key {
    case "sql": return readSQL(kind.value, "\(what).sql").map(Topology.Work.sql)
    case "operator":
      return readOperator(kind.value, "\(what).operator").map(Topology.Work.operator)
    default:
      context.report(
        "'exec' is not supported yet: use sql, or operator for Swift code", at: kind.keyPosition)
      return nil
    }
  }

  private func readSQL(_ node: YAMLNode, _ what: String) -> SourceText? {
    guard case .scalar(let scalar) = node.content, !node.isNull else {
      return context.wrongType(node, what, expected: "a query such as 'sql: SELECT …'")
    }
    guard let text = context.located(scalar, at: node.position) else { return nil }
    guard !text.string.utf8.contains(0) else {
      context.report("\(what) holds a NUL character: remove it", at: node.position)
      return nil
    }
    guard text.string.utf8.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
      context.report("\(what) is empty: write a query", at: node.position)
      return nil
    }
    return text
  }

  private func readOperator(_ node: YAMLNode, _ what: String) -> Topology.OperatorCall? {
    guard case .mapping = node.content else {
      return context.name(node, what).map {
        Topology.OperatorCall(name: $0, position: node.position, configuration: nil)
      }
    }
    let known = ["name", "configuration"]
    guard
      let fields = Fields.read(
        node, what, known: known, remedy: "operator: { name: noop }", in: context)
    else { return nil }
    let configuration = fields["configuration"]
    let json = configuration.flatMap { JSONText.render($0.value, in: context) }
    guard let entry = fields["name"] else {
      context.report("\(what) needs a 'name'", at: fields.position)
      return nil
    }
    guard let name = context.name(entry.value, "\(what).name") else { return nil }
    return Topology.OperatorCall(
      name: name, position: entry.value.position, configuration: json)
  }
}
