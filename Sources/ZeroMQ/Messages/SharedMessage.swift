/// A received frame that several owners, on any threads, read without copying it.
///
/// For queues and enums that cannot hold a ``Message``, which is not copyable. Its bytes are also
/// what ``Message/init(adopting:owner:)`` needs to pass a received frame on.
package final class SharedMessage: Sendable {
  private let message: Message

  /// Takes over a frame.
  package init(_ message: consuming Message) {
    self.message = message
  }

  /// The number of bytes.
  package var count: Int { message.count }

  /// The bytes, valid for as long as this object lives.
  package var bytes: UnsafeRawBufferPointer { message.withUnsafeBytes { $0 } }

  /// Calls `body` with the bytes, which are valid for as long as this object lives.
  package func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try message.withUnsafeBytes(body)
  }

  /// A new frame that refers to the same bytes.
  package func makeMessage() -> Message {
    message.withUnsafeBytes { Message(adopting: $0, owner: self) }
  }
}
