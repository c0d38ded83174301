/// The text of a topology file, checked to be text and free of what is costly to parse.
struct TopologyText {
  /// Largest file that is read, in bytes.
  static let sizeLimit = 1 << 20

  let file: String
  let lines: SourceLines
  /// The text without a byte-order mark.
  let string: String

  /// Checks the bytes of `file`.
  init(_ bytes: [UInt8], file: String) throws(TopologyError) {
    guard bytes.count <= Self.sizeLimit else {
      throw TopologyError(
        "the file is larger than 1 MiB, which no topology is: is it the right file?",
        at: TopologyPosition(file: file))
    }
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw Self.invalidEncoding(bytes, file: file)
    }
    self.string = string
    self.file = file
    lines = SourceLines(string)
    try checkCharacters()
    try checkKeys(Array(bytes))
  }

  /// YAML allows few control characters (YAML 1.1, section 4.1.1).
  private func checkCharacters() throws(TopologyError) {
    for (index, scalar) in lines.scalars.enumerated() {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...: continue
      default:
        let code = String(scalar.value, radix: 16, uppercase: true)
        let digits = String(repeating: "0", count: max(0, 4 - code.count)) + code
        let place = lines.place(of: index)
        throw TopologyError(
          "character U+\(digits) is not allowed in YAML: remove it, or write it as an escape"
            + " within double quotes",
          at: TopologyPosition(file: file, line: place.line, column: place.column))
      }
    }
  }

  private func checkKeys(_ bytes: [UInt8]) throws(TopologyError) {
    guard let offset = KeyGuard.firstComplexKey(in: bytes) else { return }
    let index = string.utf8.index(string.utf8.startIndex, offsetBy: offset)
    let place = lines.place(of: string.unicodeScalars[..<index].count)
    throw TopologyError(
      "a key must be a plain name: explicit ('? '), composed and aliased keys are not supported",
      at: TopologyPosition(file: file, line: place.line, column: place.column))
  }

  private static func invalidEncoding(_ bytes: ArraySlice<UInt8>, file: String) -> TopologyError {
    // Decoding repairs each ill-formed sequence, so what comes before the first repair is intact.
    var valid = 0
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      valid += UTF8.width(scalar)
      column += 1
      if scalar == "\n" {
        line += 1
        column = 1
      }
    }
    let byte = String(bytes[bytes.startIndex + valid], radix: 16, uppercase: true)
    return TopologyError(
      "byte 0x\(byte) is not UTF-8: save the file as UTF-8",
      at: TopologyPosition(file: file, line: line, column: column))
  }
}
