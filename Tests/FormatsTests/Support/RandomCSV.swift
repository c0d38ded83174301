/// Made-up delimited text together with the rows that it stands for.
struct RandomCSV {
  private(set) var text: [UInt8] = []
  private(set) var rows: [[String?]] = []
  /// Offsets behind each record's line ending.
  private(set) var boundaries: [Int] = []

  init(seed: UInt64, records: Int, columns: Int, lastNewline: Bool = true) {
    var random = SeededGenerator(seed: seed)
    let quoteRate = [0, 5, 50, 100].randomElement(using: &random)!
    let returns = Bool.random(using: &random)
    for record in 0..<records {
      var row: [String?] = []
      for column in 0..<columns {
        if column > 0 { text.append(UInt8(ascii: ",")) }
        row.append(appendField(quoteRate: quoteRate, &random))
      }
      // A row of one NULL would be a line that only its newline shows.
      rows.append(row)
      if record + 1 < records || lastNewline {
        if returns { text.append(UInt8(ascii: "\r")) }
        text.append(UInt8(ascii: "\n"))
      }
      boundaries.append(text.count)
    }
  }

  private mutating func appendField(
    quoteRate: Int, _ random: inout SeededGenerator
  ) -> String? {
    let length = Int.random(
      in: 0...(Int.random(in: 0..<10, using: &random) == 0 ? 90 : 7), using: &random)
    if Int.random(in: 0..<100, using: &random) < quoteRate {
      let pieces = ["a", "\"", ",", "\n", "\r", "\"\"", "é", "x\"", " "]
      let value = (0..<length).map { _ in pieces.randomElement(using: &random)! }.joined()
      text.append(UInt8(ascii: "\""))
      for byte in value.utf8 {
        text.append(byte)
        if byte == UInt8(ascii: "\"") { text.append(byte) }
      }
      text.append(UInt8(ascii: "\""))
      return value
    }
    // A quote behind the field's first byte is an ordinary one, and so is a lone return.
    let pieces = ["b", "7", "\"", "-", "ü", "\rz"]
    var value = (0..<length).map { _ in pieces.randomElement(using: &random)! }.joined()
    while value.first == "\"" { value.removeFirst() }
    text += Array(value.utf8)
    return value.isEmpty ? nil : value
  }
}
