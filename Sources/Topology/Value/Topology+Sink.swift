extension Topology {
  /// Where a topology's result goes.
  package enum Sink: Sendable, Equatable {
    /// To a file.
    case file(FileSink)
    /// To standard output as a table, with this text for NULL.
    case table(null: String)
    /// Nowhere.
    case discard
  }

  /// A sink that writes a file.
  package struct FileSink: Sendable, Equatable {
    /// The file, relative to the current directory or absolute.
    package internal(set) var path: String
    /// Where the path is written.
    package internal(set) var position: TopologyPosition
    /// What is written.
    package internal(set) var format: SinkFormat
    /// Whether a line of column names comes first; `false` for jsonl and text.
    package internal(set) var header: Bool
    /// The text written for NULL; jsonl writes `null` instead.
    package internal(set) var null: String
  }

  /// How a result is written.
  package enum SinkFormat: String, Sendable, Equatable, CaseIterable {
    /// Records of fields as in RFC 4180.
    case csv
    /// As ``csv``, with a tab between fields.
    case tsv
    /// One JSON object a line.
    case jsonl
    /// Lines, fields separated by tabs without quoting.
    case text
  }
}
