/// Where the values of one column lie, for some rows: what is handed from an index to the decoder.
package struct FieldSpans: ~Copyable {
  /// The field is NULL by structure: a missing key or a JSON null.
  static let null: UInt8 = 1
  /// The field stood in quotes, which its span leaves out.
  static let quoted: UInt8 = 2
  /// The field holds doubled quotes or escapes that its text must not have.
  static let escaped: UInt8 = 4

  /// What offsets are counted from.
  var base: UnsafePointer<UInt8>
  /// Bytes from ``base`` that may be read, whether they belong to a field or not.
  var readable = 0
  /// Offset of each field's first byte.
  let starts: UnsafeMutablePointer<UInt32>
  /// Offset behind each field's last byte.
  let ends: UnsafeMutablePointer<UInt32>
  /// A combination of ``null``, ``quoted`` and ``escaped``; only set when ``hasFlags``.
  let flags: UnsafeMutablePointer<UInt8>
  /// Whether any field may have a flag.
  var hasFlags = false
  /// Fields located.
  var count = 0

  /// Room for `capacity` fields.
  init(capacity: Int) {
    starts = .allocate(capacity: capacity)
    ends = .allocate(capacity: capacity)
    flags = .allocate(capacity: capacity)
    flags.initialize(repeating: 0, count: capacity)
    base = UnsafePointer(flags)
  }

  deinit {
    starts.deallocate()
    ends.deallocate()
    flags.deallocate()
  }
}
