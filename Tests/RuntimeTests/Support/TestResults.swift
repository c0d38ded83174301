import ResultStore
import Wire

/// Calls `body` with results whose payloads are these texts.
func withResults<Result>(
  _ texts: [(index: UInt32, text: String)], rows: Int = 1, _ body: ([NewResult]) throws -> Result
) rethrows -> Result {
  let whole = Array(texts.map(\.text).joined().utf8)
  return try whole.withUnsafeBytes { whole in
    var start = 0
    let results = texts.map { index, text in
      let payload = UnsafeRawBufferPointer(rebasing: whole[start..<(start + text.utf8.count)])
      start += text.utf8.count
      return NewResult(
        index: index, digest: Digest.xxh3(payload), rows: 0, skipped: 0,
        outputRows: UInt32(rows), payload: payload)
    }
    return try body(results)
  }
}
