import CZeroMQ

/// The frames of one message, sent and received as a whole; used again for the next.
///
/// All its `zmq_msg_t` stand in one allocation and are always initialised.
package struct Multipart: ~Copyable {
  /// The largest number of frames, fixed at creation.
  package let maximumFrames: Int

  /// The number of frames now.
  package private(set) var count = 0

  private let frames: UnsafeMutablePointer<zmq_msg_t>

  /// A message without frames.
  ///
  /// - Parameter maximumFrames: 1 to 1 024.
  package init(maximumFrames: Int) {
    precondition((1...1_024).contains(maximumFrames), "\(maximumFrames) frames")
    self.maximumFrames = maximumFrames
    frames = .allocate(capacity: maximumFrames)
    for index in 0..<maximumFrames { zmq_msg_init(frames + index) }
  }

  deinit {
    for index in 0..<maximumFrames { zmq_msg_close(frames + index) }
    frames.deallocate()
  }

  /// Adds a frame at the end; there must be room.
  package mutating func append(_ message: consuming Message) {
    precondition(count < maximumFrames, "the message has \(maximumFrames) frames already")
    zmq_msg_move(frames + count, message.raw)
    count += 1
  }

  /// The length of a frame in bytes.
  package func byteCount(ofFrame index: Int) -> Int {
    zmq_msg_size(frame(index))
  }

  /// Calls `body` with the bytes of a frame, which are valid until it returns.
  package func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    ofFrame index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let frame = frame(index)
    return try body(
      UnsafeRawBufferPointer(start: zmq_msg_data(frame), count: zmq_msg_size(frame)))
  }

  /// Moves a frame out, to keep it or hand it on; an empty frame stays in its place.
  package mutating func take(_ index: Int) -> Message {
    let message = Message()
    zmq_msg_move(message.raw, frame(index))
    return message
  }

  /// Drops all frames.
  package mutating func removeAll() {
    for index in 0..<count {
      zmq_msg_close(frames + index)
      zmq_msg_init(frames + index)
    }
    count = 0
  }

  /// The place of a frame.
  func frame(_ index: Int) -> UnsafeMutablePointer<zmq_msg_t> {
    precondition(index >= 0 && index < count, "frame \(index) of \(count)")
    return frames + index
  }

  /// Where the next frame is received.
  mutating func vacantFrame() -> UnsafeMutablePointer<zmq_msg_t> {
    precondition(count < maximumFrames, "the message has \(maximumFrames) frames already")
    return frames + count
  }

  /// Counts the frame that was received into ``vacantFrame()``.
  mutating func appendReceived() {
    count += 1
  }

  /// Whether the frame received last is not the last of its message.
  var lastFrameHasMore: Bool {
    count > 0 && zmq_msg_more(frames + (count - 1)) != 0
  }
}
