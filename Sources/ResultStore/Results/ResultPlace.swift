/// Where a result's payload is in a store.
package struct ResultPlace: Sendable, Equatable {
  /// The segment's number.
  package var segment: UInt32
  /// The payload's first byte in the segment's file.
  package var offset: Int64
  /// Bytes of the payload.
  package var length: Int

  /// Names a place.
  package init(segment: UInt32, offset: Int64, length: Int) {
    self.segment = segment
    self.offset = offset
    self.length = length
  }
}
