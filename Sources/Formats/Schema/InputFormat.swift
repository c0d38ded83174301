/// How a source's bytes become records: its kind and the limits that go with it.
package struct InputFormat: Codable, Sendable, Equatable {
  /// What a record looks like.
  package enum Kind: Codable, Sendable, Equatable {
    /// Fields between delimiters: csv and tsv.
    case delimited(CSVOptions)
    /// One JSON object a line.
    case jsonLines
    /// One value `line` a line.
    case text
    /// No records: slices of exact length.
    case bytes
    /// No file: the numbers of a range, as one value `value`.
    case range
  }

  /// The bytes a record may have where the topology does not say: 16 MiB.
  package static let defaultMaxRecord = 16 << 20
  /// The largest ``maxRecord``: 1 GiB, so that offsets within a batch fit 32 bits.
  package static let largestMaxRecord = 1 << 30

  /// What a record looks like.
  package var kind: Kind
  /// Bytes a record may have, `1...largestMaxRecord`.
  package var maxRecord: Int
  /// What becomes of a record that does not fit the schema.
  package var onBadRecord: BadRecordPolicy

  /// A format; `maxRecord` is brought into `1...largestMaxRecord`.
  package init(
    _ kind: Kind, maxRecord: Int = defaultMaxRecord, onBadRecord: BadRecordPolicy = .fail
  ) {
    self.kind = kind
    self.maxRecord = min(max(maxRecord, 1), Self.largestMaxRecord)
    self.onBadRecord = onBadRecord
  }

  /// Comma-separated values (RFC 4180) with a header.
  package static var csv: InputFormat { InputFormat(.delimited(.csv)) }
  /// Tab-separated values with a header.
  package static var tsv: InputFormat { InputFormat(.delimited(.tsv)) }
  /// One JSON object a line.
  package static var jsonLines: InputFormat { InputFormat(.jsonLines) }
  /// Plain lines.
  package static var text: InputFormat { InputFormat(.text) }
  /// Slices of exact length.
  package static var bytes: InputFormat { InputFormat(.bytes) }
  /// Numbers of a range.
  package static var range: InputFormat { InputFormat(.range) }

  /// The byte that quotes fields, where the format has one.
  var quote: UInt8? {
    if case .delimited(let options) = kind { options.quote } else { nil }
  }
}
