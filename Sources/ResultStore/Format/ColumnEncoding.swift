/// How a column of a block is written: one byte in the block's header.
enum ColumnEncoding {
  /// One number of 8 bytes that stands for all.
  static let constant: UInt8 = 0
  /// Numbers of as many bytes each, as many as there are results.
  static let widths: [UInt8] = [1, 2, 4, 8]
  /// How many runs there are, in 8 bytes; then for each its first number and its length, in 4 bytes
  /// each. A run is of numbers that follow one another.
  static let runs: UInt8 = 255

  /// The fewest bytes that hold each of the numbers whose bits are all in `bits`.
  static func width(of bits: UInt64) -> Int {
    switch 64 - bits.leadingZeroBitCount {
    case ...8: 1
    case ...16: 2
    case ...32: 4
    default: 8
    }
  }
}
