/// Builds a message of PostgreSQL's protocol.
struct MessageWriter {
  private let type: UInt8?
  private var body: [UInt8] = []

  /// - Parameter type: the message's letter; `nil` for the first one of a connection.
  init(type: UInt8?) { self.type = type }

  mutating func append(_ value: Int32) {
    withUnsafeBytes(of: value.bigEndian) { body += $0 }
  }

  /// Appends text, which holds no zero byte.
  mutating func append(_ text: String) {
    body += text.utf8
    body.append(0)
  }

  /// The message with its length.
  var finished: [UInt8] {
    var length = MessageWriter(type: nil)
    length.append(Int32(body.count + 4))
    return (type.map { [$0] } ?? []) + length.body + body
  }
}
