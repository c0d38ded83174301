package import PipelineCore

extension Failure {
  /// The Protocol Buffers bytes of `millrace.wire.v1.Failure`, as payloads have them. A message
  /// above 64 KiB is cut.
  package func encoded() -> [UInt8] { Protobuf.encode(ProtoFailure(self)) }

  /// Reads a payload.
  ///
  /// - Throws: ``WireError`` with code `malformed`.
  package init(wire bytes: UnsafeRawBufferPointer) throws(WireError) {
    let name = "failure"
    let proto: ProtoFailure = try Protobuf.decode(bytes, limit: WireLimits.failure, name: name)
    try self.init(proto, in: name)
  }

  /// Checks a failure that is part of the message called `name`.
  init(_ proto: ProtoFailure, in name: String) throws(WireError) {
    let check = FieldCheck(message: name)
    let length = proto.message.utf8.count
    guard length <= WireLimits.failureMessage else {
      throw check.fail(
        "the failure's message has \(length) bytes; "
          + "at most \(WireLimits.failureMessage) are allowed")
    }
    guard let kind = UInt8(exactly: proto.kind.rawValue).flatMap(Kind.init(rawValue:)) else {
      throw check.fail("unknown kind \(proto.kind.rawValue) of failure")
    }
    self.init(kind, proto.message, field: proto.field)
    if proto.hasFile {
      guard let file = Int32(exactly: proto.file) else {
        throw check.fail("the failure's file index is \(proto.file), above 2^31 - 1")
      }
      self.file = file
    }
    if proto.hasOffset {
      guard let offset = Int64(exactly: proto.offset) else {
        throw check.fail("the failure's offset is \(proto.offset), above 2^63 - 1")
      }
      self.offset = offset
    }
  }
}

extension ProtoFailure {
  init(_ value: Failure) {
    self.init()
    kind =
      switch value.kind {
      case .data: .data
      case .configuration: .configuration
      case .operating: .operating
      case .death: .death
      }
    message = value.message.prefix(utf8Limit: WireLimits.failureMessage)
    if let index = UInt32(exactly: value.file) { file = index }
    if let position = UInt64(exactly: value.offset) { offset = position }
    field = value.field
  }
}
