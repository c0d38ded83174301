import Columnar

/// Rows on the way from a worker to the sink: the byte ``version`` and then batches (``BatchCodec``).
enum PartialRows {
  /// The version that is written and read.
  static let version: UInt8 = 1

  /// Appends what stands before the first batch.
  static func begin<Sink: ByteSink & ~Copyable>(_ sink: inout Sink) {
    sink.reserve(1).storeBytes(of: version, as: UInt8.self)
    sink.advance(by: 1)
  }

  /// Reads all batches; nothing in the bytes is believed.
  ///
  /// - Throws: ``PartialResultError`` for bytes that are not batches of columns of these types.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, types: [ColumnType]
  ) throws(PartialResultError) -> [Batch] {
    guard bytes.first == version else {
      throw PartialResultError("it does not begin with version \(version)")
    }
    var offset = 1
    var batches: [Batch] = []
    while offset < bytes.count {
      do {
        batches.append(try BatchCodec.decode(bytes, at: &offset, owner: nil))
      } catch {
        throw PartialResultError("\(error)")
      }
      guard batches[batches.count - 1].columns.map(\.type) == types else {
        throw PartialResultError("its columns are not those of the query")
      }
    }
    return batches
  }
}
