import CXXHash

extension Digest {
  /// The digest of bytes that come in pieces; the same as ``Digest/xxh3(_:)`` of them in a row.
  package struct Stream: ~Copyable {
    private let state: OpaquePointer

    /// A stream of no bytes. Traps when 576 bytes cannot be allocated.
    package init() {
      guard let state = XXH3_createState() else {
        preconditionFailure("no memory for a digest's state")
      }
      self.state = state
      reset()
    }

    deinit { XXH3_freeState(state) }

    /// Takes in the next piece.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
      guard let base = bytes.baseAddress, bytes.count > 0 else { return }
      let outcome = XXH3_64bits_update(state, base, bytes.count)
      precondition(outcome == XXH_OK, "xxHash refused bytes")
    }

    /// The digest of all pieces so far; more may follow.
    package var value: UInt64 { XXH3_64bits_digest(state) }

    /// Forgets all pieces and keeps the memory.
    package mutating func reset() {
      let outcome = XXH3_64bits_reset(state)
      precondition(outcome == XXH_OK, "xxHash refused a reset")
    }
  }
}
