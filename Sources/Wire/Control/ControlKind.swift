/// What a control message is; its third byte.
enum ControlKind: UInt8 {
  case beat = 65
  case roster = 66
  case order = 67
  case request = 68
  case response = 69

  /// Bytes before the Protocol Buffers: major version, minor version, kind, 0.
  static let prefixSize = 4

  var prefix: [UInt8] { [WireVersion.major, WireVersion.minor, rawValue, 0] }

  /// Reads the prefix of `frame`.
  init(_ frame: UnsafeRawBufferPointer) throws(WireError) {
    guard let major = frame.first else { throw .malformed("control message with an empty frame") }
    guard major == WireVersion.major else { throw .otherMajor(major) }
    guard frame.count >= Self.prefixSize else {
      throw .malformed(
        "control message of \(frame.count) bytes; its prefix has \(Self.prefixSize)")
    }
    guard let kind = Self(rawValue: frame[2]) else {
      throw .malformed("control message of unknown kind \(frame[2])")
    }
    guard frame[3] == 0 else {
      throw .malformed("control message: the byte after the kind is \(frame[3]) and not 0")
    }
    self = kind
  }

  /// What follows the prefix of a frame that is to be of this kind.
  func body(
    of frame: UnsafeRawBufferPointer, name: String
  ) throws(WireError) -> UnsafeRawBufferPointer {
    let kind = try ControlKind(frame)
    guard kind == self else {
      throw .malformed("control message of kind \(kind.rawValue) where a \(name) was due")
    }
    return UnsafeRawBufferPointer(rebasing: frame[Self.prefixSize...])
  }
}
