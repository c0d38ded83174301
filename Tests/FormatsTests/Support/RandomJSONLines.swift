/// Lines of JSON with keys, spaces and values that mostly repeat, and some that are wrong.
struct RandomJSONLines {
  private static let spaces = ["", "", "", " ", "  ", "\t"]
  private static let texts = [
    "", "a", "Oslo", "Grüße", "exactly sixteen!", "a text of more than thirty-two bytes, as it is",
    #"a\"b"#, #"\u00e9\ud83d\ude00"#, #"\\"#, #"bad \x escape"#, "control \u{1} character",
  ]
  private static let scalars = [
    "0", "-1", "12", "3.25", "-0.5", "1e3", "-1.5E-2", "123456789012345", "1234567890123456",
    "12345678.12345678", "true", "false", "null", "[1, {\"a\": [2]}]", "{\"n\": 1, \"a\": \"x\"}",
    "007", "1.", "-", "1.2.3", ".5", "1x", "1e", "--1", "tru", "[1", "",
  ]

  /// Whether there are more keys than a scan remembers.
  let hasManyKeys: Bool
  private var random: SeededGenerator
  private let keys: [String]
  private let isTidy: Bool

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    isTidy = seed % 3 == 0
    hasManyKeys = seed % 4 == 0
    let others = hasManyKeys ? (0..<700).map { "key\($0)" } : ["other", "k\\u0065y"]
    // One of them is too long to remember.
    keys = ["a", "n", String(repeating: "long", count: 40)] + others
  }

  /// A line without its newline.
  mutating func line() -> String {
    if chance(30) {
      return ["", "  ", "\r", "{}", "{ }", "[]", "{", "x"].randomElement(using: &random)!
    }
    var members = isTidy ? ["a", "n"] : keys.prefix(5).filter { _ in !chance(4) }
    if chance(3) { members.append(keys.randomElement(using: &random)!) }
    if chance(6) { members.shuffle(using: &random) }
    let body = members.map { "\"\($0)\":" + space() + value() }.joined(separator: "," + space())
    let line = "{" + space() + body + space() + "}" + (chance(10) ? "\r" : "")
    return chance(20) ? mutated(line) : line
  }

  private mutating func value() -> String {
    // Rarely what is wrong, which stands last.
    let isGood = !chance(25)
    if chance(2) {
      let texts = isGood ? Self.texts.dropLast(2) : Self.texts[...]
      return "\"" + texts.randomElement(using: &random)! + "\""
    }
    let scalars = isGood ? Self.scalars.prefix(15) : Self.scalars[...]
    return scalars.randomElement(using: &random)!
  }

  private mutating func mutated(_ line: String) -> String {
    var bytes = Array(line.utf8)
    let new = Array("{}[]\":,\\ 0.e-\r".utf8)
    bytes[Int.random(in: 0..<bytes.count, using: &random)] = new.randomElement(using: &random)!
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func space() -> String {
    isTidy || chance(2) ? "" : Self.spaces.randomElement(using: &random)!
  }

  /// True once in `count` times.
  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }
}
