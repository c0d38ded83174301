/// Finds quotes and line ends, each looked for once.
struct RecordMarks {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let quote: UInt8?
  /// The first quote, or the end, at or after all that was asked for so far.
  private var nextQuote = -1
  /// The first line end, or the end, likewise.
  private var nextNewline = -1

  /// The marks among `bytes`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, quote: UInt8?) {
    self.bytes = bytes
    self.quote = quote
  }

  /// The first mark behind `index`, or the end; `nil` when there is a mark at `index` itself.
  mutating func skip(from index: Int) -> Int? {
    if nextQuote < index {
      nextQuote =
        quote.flatMap { bytes.firstIndex(of: $0, in: index..<bytes.count) } ?? bytes.count
    }
    if nextNewline < index {
      nextNewline = bytes.firstIndex(of: ASCII.newline, in: index..<bytes.count) ?? bytes.count
    }
    let next = min(nextQuote, nextNewline)
    return next > index ? next : nil
  }
}
