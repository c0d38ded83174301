import SwiftProtobuf

/// The two doors to Protocol Buffers.
enum Protobuf {
  /// The bytes of `message`, after `prefix`.
  static func encode(_ message: some Message, prefix: [UInt8] = []) -> [UInt8] {
    do {
      let bytes: [UInt8] = try message.serializedBytes()
      return prefix.isEmpty ? bytes : prefix + bytes
    } catch {
      // Without required fields and extensions, only a message above 2 GiB cannot be encoded.
      preconditionFailure("a message of this size cannot be sent: \(error)")
    }
  }

  /// Reads a message of at most `limit` bytes; fields that this version does not know are skipped.
  ///
  /// - Parameters:
  ///   - repeated: fields that may come again and again, and how often. They are counted before
  ///     anything is made of them: an empty element takes two bytes here and hundreds in memory.
  ///   - nested: the same of messages within.
  ///   - name: what the message is called in errors.
  /// - Throws: ``WireError`` with code `malformed`.
  static func decode<Value: Message>(
    _ bytes: UnsafeRawBufferPointer, limit: Int, repeated: [RepeatedField] = [],
    nested: [NestedFields] = [], name: String
  ) throws(WireError) -> Value {
    guard bytes.count <= limit else {
      throw .malformed("\(name) of \(bytes.count) bytes; at most \(limit) are allowed")
    }
    let excess =
      (repeated.isEmpty ? nil : FieldScan.excess(in: bytes, of: repeated))
      ?? nested.lazy.compactMap { FieldScan.excess(in: bytes, of: $0) }.first
    if let excess {
      throw .malformed("\(name): more than \(excess.limit) \(excess.name), which is the limit")
    }
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    do {
      return try Value(serializedBytes: bytes.bytes, options: options)
    } catch {
      throw .malformed("\(name): the Protocol Buffers bytes cannot be read: \(error)")
    }
  }
}
