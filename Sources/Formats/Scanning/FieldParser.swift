import Columnar

/// Reads one stored value from a field's text; a type of its own for each column type, so that
/// decoding loops are compiled for each.
protocol FieldParser {
  /// What a vector stores.
  associatedtype Value: BitwiseCopyable

  /// The value of the text, or `nil` when it is not one.
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Value?

  /// Whether ``parse(word:_:)`` ever answers something.
  static var readsWords: Bool { get }

  /// The value of a text of at most eight bytes, the lowest of `word`; `nil` where ``parse(_:_:)``
  /// has to look.
  static func parse(word: UInt64, _ count: Int) -> Value?
}

extension FieldParser {
  @inline(__always)
  static var readsWords: Bool { false }

  @inline(__always)
  static func parse(word: UInt64, _ count: Int) -> Value? { nil }
}

/// Reads `boolean`.
enum BooleanField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt8? {
    ValueParser.boolean(start, count).map { $0 ? 1 : 0 }
  }
}

/// Reads `integer`.
enum IntegerField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    ValueParser.integer(start, count)
  }

  @inline(__always)
  static var readsWords: Bool { true }

  @inline(__always)
  static func parse(word: UInt64, _ count: Int) -> Int32? {
    // Eight digits always fit.
    ShortNumber.integer(word, count).map { Int32(truncatingIfNeeded: $0) }
  }
}

/// Reads `bigint`.
enum BigintField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    ValueParser.bigint(start, count)
  }

  @inline(__always)
  static var readsWords: Bool { true }

  @inline(__always)
  static func parse(word: UInt64, _ count: Int) -> Int64? { ShortNumber.integer(word, count) }
}

/// Reads `double precision`.
enum DoubleField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    ValueParser.double(start, count)
  }

  @inline(__always)
  static var readsWords: Bool { true }

  @inline(__always)
  static func parse(word: UInt64, _ count: Int) -> Double? { ShortNumber.decimal(word, count) }
}

/// Reads `numeric`.
enum NumericField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Numeric? {
    ValueParser.numeric(start, count)
  }
}

/// Reads `date`.
enum DateField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    ValueParser.date(start, count)
  }
}

/// Reads `timestamp`.
enum TimestampField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    ValueParser.timestamp(start, count)
  }
}

/// Reads `interval`.
enum IntervalField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Interval? {
    ValueParser.interval(start, count)
  }
}

/// Reads `timestamptz`.
enum TimestamptzField: FieldParser {
  @inline(__always)
  static func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    ValueParser.timestamptz(start, count)
  }
}
