import Topology

/// Topology files and `--set` arguments: each is loaded, or refused at places that are there.
///
/// An input is the file's text, then arguments, each after a zero byte.
enum TopologyTarget: FuzzTarget {
  static let name = "topology"

  static var seeds: [[UInt8]] { TopologySeeds.inputs }

  private static let file = "/nowhere/t.yaml"
  private static let environment = ["EMPTY": "", "NUMBER": "7", "TEXT": "a: [b, ${NUMBER}] # c"]
  private static let mostErrors = 1000

  static func feed(_ input: UnsafeRawBufferPointer) {
    var parts = input.split(separator: 0, maxSplits: 4, omittingEmptySubsequences: false)
      .map(Array.init)
    let text = parts.removeFirst()
    let overrides = parts.map { String(decoding: $0, as: UTF8.self) }
    let loaded = load(text, overrides)
    require(loaded == load(text, overrides), "to load again gives the same")
    let lines = 1 + String(decoding: text, as: UTF8.self).unicodeScalars.count(where: breaksLine)
    switch loaded {
    case .success(let topology): check(topology, lines: lines)
    case .failure(let refusal):
      require(refusal.errors.count <= mostErrors, "\(refusal.errors.count) errors")
      for error in refusal.errors {
        require(!error.message.isEmpty, "a refusal says why")
        check(error.position, lines: lines, of: error.message)
      }
    }
  }

  private static func load(
    _ text: [UInt8], _ overrides: [String]
  ) -> Result<Topology, TopologyErrors> {
    do throws(TopologyErrors) {
      return .success(
        try Topology.load(
          bytes: text, file: file, overrides: overrides, environment: environment,
          processorCount: 3))
    } catch {
      return .failure(error)
    }
  }

  private static func check(_ topology: Topology, lines: Int) {
    require(!topology.stages.isEmpty, "a topology has a stage")
    require(Topology.workerCounts.contains(Int64(topology.workers)), "workers are out of range")
    for stage in topology.stages {
      check(stage.position, lines: lines, of: stage.name)
      guard case .sql(let query) = stage.work else { continue }
      let count = query.string.utf8.count
      for offset in Set([0, count / 2, count]) {
        check(query.position(ofUTF8Offset: offset), lines: lines, of: query.string)
      }
    }
  }

  /// Whether a line may end here (YAML 1.1, section 4.1.4).
  private static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }

  /// Places in the file are within its lines, or after the last.
  private static func check(_ position: TopologyPosition, lines: Int, of what: String) {
    require(position.line >= 0 && position.column >= 0, "'\(what)' is at \(position)")
    guard position.file == file else { return }
    require(position.line <= lines + 1, "'\(what)' is at \(position), beyond line \(lines)")
  }
}
