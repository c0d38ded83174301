/// One partition's line in a data message: ``LaneEntry``, ``ResultEntry`` or ``ReceiptEntry``.
package protocol DataEntry: Sendable, Equatable {
  /// Position of the partition in the stage's input, from 0.
  var index: UInt32 { get }
  /// Counts the tries at this partition, from 1.
  var attempt: UInt16 { get }
  /// How many partitions the entry is about, from ``index`` on; 1 where its type knows no other.
  var partitionCount: Int { get }
  /// Length of this entry's payload in the second frame, in bytes; 0 where it has none.
  var payloadLength: Int { get }
  /// The digest its payload must have, or `nil` where the entry has no payload.
  var payloadDigest: UInt64? { get }

  /// The bytes on the wire.
  var raw: RawEntry { get }

  /// Reads an entry in which ``problem(in:)`` found nothing.
  init(validated raw: RawEntry)

  /// What the specification forbids about `raw`, or `nil` when it is a legal entry of this type.
  static func problem(in raw: RawEntry) -> StaticString?
}

extension DataEntry {
  package var partitionCount: Int { 1 }

  /// What is wrong with the fields that all entries have.
  static func commonProblem(in raw: RawEntry) -> StaticString? {
    if raw.attempt == 0 { return "attempt is 0; attempts count from 1" }
    if raw.flags != 0 { return "flags are not 0" }
    if raw.length > UInt64(Int64.max) { return "length is above 2^63 - 1" }
    return nil
  }

  /// What is wrong with the count of partitions after the first that bytes 24..<28 tell of.
  static func countProblem(in raw: RawEntry) -> StaticString? {
    raw.a >= WireLimits.entries || raw.index.addingReportingOverflow(raw.a).overflow
      ? "it is about too many partitions" : nil
  }

  /// Checks that `payload` is what the sender of this entry saw.
  ///
  /// - Throws: ``WireError`` with code `corrupt`.
  package func verify(payload: UnsafeRawBufferPointer) throws(WireError) {
    guard payload.count == payloadLength else {
      throw .corrupt(
        "partition \(index), attempt \(attempt): payload has \(payload.count) bytes "
          + "and not \(payloadLength)")
    }
    guard let payloadDigest else { return }
    let found = Digest.xxh3(payload)
    guard found == payloadDigest else {
      throw .corrupt(
        "partition \(index), attempt \(attempt): payload of \(payload.count) bytes has digest "
          + "\(String(found, radix: 16)) and not \(String(payloadDigest, radix: 16)): "
          + "it was damaged on the way")
    }
  }
}
