import CZeroMQ

/// One frame: bytes that libzmq sends or has received, without copies on the way.
///
/// The `zmq_msg_t` lives on the heap because small contents live inside it, where a pointer into a
/// struct that moves would be dead. Its 64 bytes come from the allocator's per-thread cache, which
/// costs as little as a pool would.
///
/// `@unchecked Sendable`: there is one owner since the type cannot be copied; contents do not
/// change after an initialiser has returned; and what libzmq shares between messages (the content
/// of a large message published to many, the buffer of a batch received) it counts atomically.
package struct Message: ~Copyable, @unchecked Sendable {
  let raw: UnsafeMutablePointer<zmq_msg_t>

  /// A frame of no bytes; also the place into which frames are received.
  package init() {
    raw = .allocate(capacity: 1)
    zmq_msg_init(raw)
  }

  /// A frame of `size` bytes, which `fill` writes.
  ///
  /// - Parameter fill: must write each byte; they are not zero at first.
  package init<Failure: Error>(
    size: Int, filling fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(size >= 0, "a frame of \(size) bytes")
    raw = .allocate(capacity: 1)
    let result = zmq_msg_init_size(raw, size)
    precondition(result == 0, "no memory for a frame of \(size) bytes")
    try fill(UnsafeMutableRawBufferPointer(start: zmq_msg_data(raw), count: size))
  }

  /// A frame with a copy of `bytes`.
  package init(copying bytes: UnsafeRawBufferPointer) {
    self.init(size: bytes.count) { $0.copyMemory(from: bytes) }
  }

  /// A frame with a copy of `bytes`.
  package init(copying bytes: [UInt8]) {
    self.init(size: bytes.count) { $0.copyBytes(from: bytes) }
  }

  /// A frame that refers to `bytes` where they are (`zmq_msg_init_data`).
  ///
  /// - Parameters:
  ///   - bytes: must neither move nor change for as long as `owner` lives.
  ///   - owner: retained until the frame has been sent, or dropped; released once, on whichever
  ///     thread libzmq is done with it.
  package init(adopting bytes: UnsafeRawBufferPointer, owner: some AnyObject & Sendable) {
    raw = .allocate(capacity: 1)
    let hint = Unmanaged.passRetained(owner as AnyObject).toOpaque()
    // libzmq's interface has no constant bytes; it only reads them.
    let data = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
    let result = zmq_msg_init_data(
      raw, data, bytes.count,
      { _, hint in
        guard let hint else { return }
        Unmanaged<AnyObject>.fromOpaque(hint).release()
      }, hint)
    precondition(result == 0, "no memory for a frame")
  }

  deinit {
    zmq_msg_close(raw)
    raw.deallocate()
  }

  /// The number of bytes.
  package var count: Int { zmq_msg_size(raw) }

  /// Whether another frame of the same received message follows.
  package var hasMore: Bool { zmq_msg_more(raw) != 0 }

  /// Calls `body` with the bytes, which are valid until it returns.
  package borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: zmq_msg_data(raw), count: count))
  }

  /// A copy of the bytes.
  package borrowing func copyBytes() -> [UInt8] {
    withUnsafeBytes { Array($0) }
  }
}
