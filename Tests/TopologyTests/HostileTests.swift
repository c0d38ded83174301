import Testing
import Topology

@Suite struct HostileTests {
  /// Eleven anchors, each a list of ten of the one before: 10¹¹ nodes when expanded.
  private static let bomb: String = {
    let lines = (1...10).map { level in
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      return "  - &a\(level) [\(aliases)]"
    }
    return "x:\n  - &a0 [x, x, x, x, x, x, x, x, x, x]\n" + lines.joined(separator: "\n") + "\n"
  }()

  @Test func aliasBombIsRefused() {
    let found = errors(of: Self.bomb)
    #expect(found.count == 1)
    #expect(found[0].contains("too large with its aliases expanded"))
  }

  @Test func textBombIsRefused() {
    let word = String(repeating: "x", count: 100_000)
    let aliases = Array(repeating: "*a", count: 1000).joined(separator: ", ")
    let found = errors(of: "x: [&a \(word), \(aliases)]")
    #expect(found.count == 1)
    #expect(found[0].contains("too large with its aliases expanded"))
  }

  @Test(arguments: [
    "? *a10\n: x\n? *a10\n: y\n", "*a10 : x\n*a10 : y\n", "y: [ *a10 : x, ? *a10 : y ]\n",
    "? [ *a10 ]\n: x\n", "[ *a10 ]: x\n", "y: { { b: *a10 }: 1, [ *a10 ] : 2 }\n",
  ])
  func keyBombIsRefused(tail: String) {
    #expect(errors(of: Self.bomb + tail).first?.contains("a key must be a plain name") == true)
  }

  @Test(arguments: [
    "SELECT price *qty::numeric, x::int", "SELECT a ? b : c", "SELECT flags &mask FROM *t",
  ])
  func queryIsNotTakenForAKey(query: String) throws {
    let text = "topology: &t t\nsource: { files: a.csv }\nstages:\n- name: *t\n  sql: |\n    "
    guard case .sql(let kept) = try load(text + query).stages[0].work else {
      throw UnexpectedValue()
    }
    #expect(kept.string == query)
  }

  @Test(arguments: [50, 500, 5_000, 100_000])
  func deepNestingDoesNotCrash(depth: Int) {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("[[]: ", "]")] {
      let text =
        "x: " + (open == "- " ? "\n" : "") + String(repeating: open, count: depth)
        + String(repeating: close, count: depth)
      #expect(!errors(of: text).isEmpty)
    }
  }

  @Test func deepNestingIsNamed() {
    let text = "x: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(errors(of: text) == ["t.yaml:1:68: error: nested more than 64 levels deep"])
  }

  @Test func errorsAreLimited() {
    let text = (0..<1500).map { "key\($0): 1" }.joined(separator: "\n")
    #expect(errors(of: text).count == 1000)
  }

  @Test(arguments: 0..<40)
  func randomBytesDoNotCrash(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<25 {
      let bytes = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      checkRefused(bytes)
    }
  }

  @Test(arguments: 0..<40)
  func randomTokensDoNotCrash(seed: UInt64) {
    let tokens = [
      "topology: t\n", "source:\n", "  files: a.csv\n", "stages:\n", "- ", "name: s\n",
      "  sql: |\n",
      "[", "]", "{", "}", ": ", ", ", "? ", "&a ", "*a ", "!!str ", "'", "\"", "\\", "\n", "  ",
      "#",
      "|", ">", "-\n", "---\n", "...\n", "%TAG ! x\n", "${N}", "${", "$${", "\t", "\r", "é", "~",
      "use: x\n", "\u{2028}", "\u{FEFF}", "\0", "<<: *a\n", "workers: 1\n", "\"\\u0041\\\n\"",
    ]
    var generator = SeededGenerator(state: seed)
    for _ in 0..<50 {
      let count = Int.random(in: 1..<40, using: &generator)
      let text = (0..<count).map { _ in tokens.randomElement(using: &generator) ?? "" }.joined()
      checkRefused(Array(text.utf8))
    }
  }

  @Test(arguments: 0..<40)
  func changedTopologyDoesNotCrash(seed: UInt64) throws {
    let text = """
      topology: &n test
      source: { files: [a.csv, "b\\tc.csv"], columns: { x: double }, nulls: [NA, ""] }
      stages:
        - name: *n
          sql: |
            SELECT ${A:-x}
              FROM input
        - name: b
          sql: "SELECT \\x41,
            b"
        - { name: o, operator: { name: noop, configuration: { a: [1, ~] } } }
      credit: { bytes: 64MiB }
      sink: { file: 'out''.csv' }
      """
    var generator = SeededGenerator(state: seed)
    for _ in 0..<50 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 9...126, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: index)
        }
      }
      guard let topology = try? Topology.load(bytes: bytes, file: "t.yaml") else { continue }
      // What is still right can be asked for every place of its queries.
      for case .sql(let query) in topology.stages.map(\.work) {
        for offset in 0...query.string.utf8.count {
          #expect(query.position(ofUTF8Offset: offset).line > 0)
        }
      }
    }
  }

  /// Loads bytes that are no topology.
  private func checkRefused(_ bytes: [UInt8]) {
    #expect(throws: TopologyErrors.self) {
      try Topology.load(bytes: bytes, file: "/nonexistent/t.yaml")
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
