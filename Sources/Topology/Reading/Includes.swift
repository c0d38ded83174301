/// Replaces `use:` by the stages of the files it names.
struct Includes {
  /// Deepest chain of files that include each other.
  static let depthLimit = 8
  /// Most files that a topology includes.
  static let fileLimit = 100

  private let context: LoadContext
  /// Files on the way from the topology to the file being read: as named, and as the system knows
  /// them.
  private var chain: [(file: String, canonical: String)]
  private var filesRead = 0

  private init(_ context: LoadContext) {
    self.context = context
    chain = [(context.file, context.surroundings.canonical(context.file))]
  }

  /// Replaces all of `use:` within the root of a topology.
  static func resolve(in root: inout YAMLNode, context: LoadContext) {
    var includes = Includes(context)
    root = includes.resolved(root)
  }

  /// A file's tree without `use:`, its stages those of the files it names and then its own.
  private mutating func resolved(_ root: YAMLNode) -> YAMLNode {
    guard case .mapping(var entries) = root.content else { return root }
    var included: [YAMLNode] = []
    let use = entries.first { $0.key == "use" }
    if let use {
      included = stages(usedBy: use.value)
      entries.removeAll { $0.key == "use" }
    }
    if let index = entries.firstIndex(where: { $0.key == "stages" }) {
      guard case .sequence(let items) = entries[index].value.content else { return root }
      for item in items {
        if let paths = Self.use(in: item) {
          included += stages(usedBy: paths)
        } else {
          included.append(item)
        }
      }
      entries[index].value.content = .sequence(included)
    } else if let use {
      let stages = YAMLNode(content: .sequence(included), position: use.value.position)
      entries.append(YAMLEntry(key: "stages", keyPosition: use.keyPosition, value: stages))
    }
    return YAMLNode(content: .mapping(entries), position: root.position)
  }

  /// The paths of an item of `stages` that is `use: …` and nothing else.
  private static func use(in item: YAMLNode) -> YAMLNode? {
    guard case .mapping(let entries) = item.content, entries.count == 1, entries[0].key == "use"
    else { return nil }
    return entries[0].value
  }

  private mutating func stages(usedBy paths: YAMLNode) -> [YAMLNode] {
    var items = [paths]
    if case .sequence(let list) = paths.content { items = list }
    return items.flatMap { item in
      context.path(item, "use").map { stages(of: $0, at: item.position) } ?? []
    }
  }

  /// The stages of one file.
  private mutating func stages(of path: String, at position: TopologyPosition) -> [YAMLNode] {
    let file = FilePath.join(path, toFolderOf: chain[chain.count - 1].file)
    let canonical = context.surroundings.canonical(file)
    if let first = chain.firstIndex(where: { $0.canonical == canonical }) {
      let cycle = (chain[first...].map(\.file) + [file]).joined(separator: " → ")
      context.report("files use each other in a circle: \(cycle)", at: position)
      return []
    }
    guard chain.count <= Self.depthLimit else {
      context.report("files use each other more than \(Self.depthLimit) deep", at: position)
      return []
    }
    filesRead += 1
    guard filesRead <= Self.fileLimit else {
      if filesRead == Self.fileLimit + 1 {
        context.report("more than \(Self.fileLimit) files are used", at: position)
      }
      return []
    }
    guard let tree = tree(of: file, at: position) else { return [] }
    chain.append((file, canonical))
    defer { chain.removeLast() }
    return ownStages(of: tree, in: file)
  }

  private func tree(of file: String, at position: TopologyPosition) -> YAMLNode? {
    do {
      let bytes = try context.surroundings.read(file, TopologyText.sizeLimit)
      return context.compose(try TopologyText(bytes, file: file))
    } catch let error as Topology.Surroundings.Refusal {
      context.report("cannot use '\(file)': \(error.reason)", at: position)
    } catch let error as TopologyError {
      context.report(error)
    } catch {
      context.report("cannot use '\(file)': \(error)", at: position)
    }
    return nil
  }

  private mutating func ownStages(of tree: YAMLNode, in file: String) -> [YAMLNode] {
    let remedy = "stages: [{ name: clean, sql: … }]"
    let known = ["stages", "use"]
    guard
      let fields = Fields.read(tree, "a used file", known: known, remedy: remedy, in: context)
    else { return [] }
    guard !fields.present(among: known).isEmpty else {
      context.report("a used file must have 'stages'", at: fields.position)
      return []
    }
    guard case .mapping(let entries) = resolved(tree).content,
      let stages = entries.first(where: { $0.key == "stages" })?.value
    else { return [] }
    guard case .sequence(let items) = stages.content else {
      return context.wrongType(stages, "stages", expected: "a list of stages") ?? []
    }
    return items
  }
}
