import Columnar

/// Turns located fields into the values of a vector. One for each scan.
struct FieldDecoder {
  /// What stands for NULL.
  let nulls: NullWords
  /// How fields write what they cannot hold as it is.
  let escapes: FieldEscapes

  /// Decodes the fields from `first` on into the same rows of `vector`, whose type says how.
  ///
  /// - Parameters:
  ///   - isUTF8: whether all located bytes are known to be UTF-8.
  ///   - arena: takes the text of fields that hold escapes; made when the first is met.
  /// - Returns: the first field that is not a value of the type, or the number of fields.
  func decode(
    _ spans: borrowing FieldSpans, from first: Int, into vector: ColumnVector, isUTF8: Bool,
    arena: inout ByteArena?
  ) -> Int {
    switch vector.type {
    case .boolean: decode(BooleanField.self, spans, from: first, into: vector)
    case .integer: decode(IntegerField.self, spans, from: first, into: vector)
    case .bigint: decode(BigintField.self, spans, from: first, into: vector)
    case .double: decode(DoubleField.self, spans, from: first, into: vector)
    case .numeric: decode(NumericField.self, spans, from: first, into: vector)
    case .date: decode(DateField.self, spans, from: first, into: vector)
    case .timestamp: decode(TimestampField.self, spans, from: first, into: vector)
    case .timestamptz: decode(TimestamptzField.self, spans, from: first, into: vector)
    case .interval: decode(IntervalField.self, spans, from: first, into: vector)
    case .text: decodeText(spans, from: first, into: vector, isUTF8: isUTF8, arena: &arena)
    }
  }

  /// Values of fixed width. Words for NULL count within quotes too: nothing else there could be
  /// meant by them.
  @inline(__always)
  private func decode<Parser: FieldParser>(
    _ parser: Parser.Type, _ spans: borrowing FieldSpans, from first: Int,
    into vector: ColumnVector
  ) -> Int {
    let values = vector.values(as: Parser.Value.self)
    let (base, starts, ends, flags) = (spans.base, spans.starts, spans.ends, spans.flags)
    let hasFlags = spans.hasFlags
    let lastWord = spans.readable &- 8
    for index in first..<spans.count {
      let offset = Int(starts[index])
      let start = base + offset
      let length = Int(ends[index] &- starts[index])
      if hasFlags, flags[index] & (FieldSpans.null | FieldSpans.escaped) != 0 {
        if flags[index] & FieldSpans.null != 0 {
          vector.setNull(index)
        } else if let value = unescaped(parser, start, length) {
          values[index] = value
        } else {
          return index
        }
      } else if nulls.contains(start, length) {
        vector.setNull(index)
      } else if Parser.readsWords, length <= 8, offset <= lastWord,
        let value = parser.parse(word: Self.word(start), length)
      {
        values[index] = value
      } else if let value = parser.parse(start, length) {
        values[index] = value
      } else {
        return index
      }
    }
    return spans.count
  }

  @inline(__always)
  private static func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
  }

  @inline(never)
  private func unescaped<Parser: FieldParser>(
    _ parser: Parser.Type, _ start: UnsafePointer<UInt8>, _ length: Int
  ) -> Parser.Value? {
    // Nothing with this many bytes is a value of fixed width.
    guard length <= ValueParser.longestDouble else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(length, 1)) { text in
      guard let target = text.baseAddress else { return nil }
      let written = escapes.unescape(start, count: length, to: target)
      return parser.parse(target, written)
    }
  }

  private func decodeText(
    _ spans: borrowing FieldSpans, from first: Int, into vector: ColumnVector, isUTF8: Bool,
    arena: inout ByteArena?
  ) -> Int {
    let values = vector.values(as: StringView.self)
    let (base, starts, ends) = (spans.base, spans.starts, spans.ends)
    var first = first
    if isUTF8, !spans.hasFlags {
      // Nearly all there is, up to where the first bytes cannot be read as a word.
      let lastWord = spans.readable &- 4
      while first < spans.count, Int(starts[first]) <= lastWord {
        let start = base + Int(starts[first])
        let length = Int(ends[first] &- starts[first])
        if nulls.contains(start, length) {
          vector.setNull(first)
        } else {
          let word = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
          values[first] = StringView(
            start: start, length: length, word: UInt32(littleEndian: word))
        }
        first &+= 1
      }
    }
    for index in first..<spans.count {
      let start = base + Int(starts[index])
      let length = Int(ends[index] &- starts[index])
      let flags = spans.hasFlags ? spans.flags[index] : 0
      if flags & FieldSpans.null != 0 || (flags == 0 && nulls.contains(start, length)) {
        vector.setNull(index)
        continue
      }
      if !isUTF8, UTF8Check.firstInvalid(start, length) < length { return index }
      if flags & FieldSpans.escaped != 0 {
        let owner = arena ?? ByteArena()
        arena = owner
        let target = owner.allocate(length)
        let written = escapes.unescape(start, count: length, to: target)
        values[index] = StringView(start: target, length: written)
      } else {
        values[index] = StringView(start: start, length: length)
      }
    }
    return spans.count
  }
}
