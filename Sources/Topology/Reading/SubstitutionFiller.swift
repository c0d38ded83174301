/// Walks along a text and fills in what ``Substitution`` describes.
struct SubstitutionFiller {
  /// Longest text that filling in may make, in bytes.
  static let sizeLimit = 1 << 20
  /// Most references in one text.
  static let referenceLimit = 1000

  private let raw: [UInt8]
  private let variable: (String) -> String?
  private var references = 0
  private(set) var result: [UInt8] = []
  private(set) var pieces: [Substitution.Piece] = []

  init(_ raw: String, variable: @escaping (String) -> String?) {
    self.raw = Array(raw.utf8)
    self.variable = variable
  }

  /// Walks along the whole text.
  mutating func fill() throws(Substitution.Fault) {
    var start = 0
    var index = 0
    while index < raw.count {
      if raw[index...].starts(with: "$${".utf8) {
        append(raw[start..<index], from: start, isReplaced: false)
        append("${".utf8, from: index, isReplaced: true)
        index += 3
        start = index
      } else if raw[index...].starts(with: "${".utf8) {
        append(raw[start..<index], from: start, isReplaced: false)
        index = try fillReference(at: index)
        start = index
      } else {
        index += 1
        continue
      }
      try checkLimits(at: start)
    }
    append(raw[start...], from: start, isReplaced: false)
  }

  /// Fills in the reference that begins at `index` and returns the index after it.
  private mutating func fillReference(at index: Int) throws(Substitution.Fault) -> Int {
    guard let end = raw[index...].firstIndex(of: UInt8(ascii: "}")) else {
      throw Substitution.Fault(
        rawOffset: index, message: "'${' without '}': close it, or write '$${' for the text '${'")
    }
    let value = try value(of: raw[(index + 2)..<end], at: index)
    append(value.utf8, from: index, isReplaced: true)
    return end + 1
  }

  private func value(
    of reference: ArraySlice<UInt8>, at index: Int
  ) throws(Substitution.Fault) -> String {
    let nameBytes = reference.prefix { $0 != UInt8(ascii: ":") }
    let rest = reference[nameBytes.endIndex...]
    guard Self.isName(nameBytes), rest.isEmpty || rest.starts(with: ":-".utf8) else {
      throw Substitution.Fault(
        rawOffset: index,
        message: "'${\(String(decoding: reference.prefix(80), as: UTF8.self))}' is not of the form"
          + " ${NAME} or ${NAME:-default}; write '$${' for the text '${'")
    }
    let name = String(decoding: nameBytes, as: UTF8.self)
    let value = variable(name)
    if rest.isEmpty {
      if let value { return value }
      throw Substitution.Fault(
        rawOffset: index,
        message: "environment variable '\(name)' is not set: set it, or write"
          + " ${\(name):-default}")
    }
    if let value, !value.isEmpty { return value }
    return String(decoding: rest.dropFirst(2), as: UTF8.self)
  }

  private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
    guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return name.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  private mutating func checkLimits(at index: Int) throws(Substitution.Fault) {
    references += 1
    if references > Self.referenceLimit {
      throw Substitution.Fault(
        rawOffset: index, message: "more than \(Self.referenceLimit) references in one text")
    }
    if result.count > Self.sizeLimit {
      throw Substitution.Fault(
        rawOffset: index, message: "the text exceeds 1 MiB with environment variables filled in")
    }
  }

  private mutating func append(
    _ bytes: some Sequence<UInt8>, from rawOffset: Int, isReplaced: Bool
  ) {
    pieces.append(
      Substitution.Piece(rawOffset: rawOffset, offset: result.count, isReplaced: isReplaced))
    result.append(contentsOf: bytes)
  }
}
