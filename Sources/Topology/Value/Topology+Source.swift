extension Topology {
  /// What a topology reads.
  package enum Source: Sendable, Equatable {
    /// Records of files.
    case files(FileSource)
    /// Numbers that are made up on the way.
    case range(RangeSource)

    /// How partitions get to the workers.
    package var deliver: Delivery {
      switch self {
      case .files(let source): source.deliver
      case .range(let source): source.deliver
      }
    }
  }

  /// How partitions get to the workers.
  package enum Delivery: String, Sendable, Equatable, CaseIterable {
    /// By reference where the worker can open the very same file, otherwise inline.
    case auto
    /// By path, offset and length only.
    case reference
    /// As bytes within the message.
    case inline
    /// As ``inline``, each partition compressed with Zstandard.
    case compressed
  }

  /// How a source's bytes are read.
  package enum Format: String, Sendable, Equatable, CaseIterable {
    /// Records of fields as in RFC 4180.
    case csv
    /// As ``csv``, with a tab between fields.
    case tsv
    /// One JSON object a line.
    case jsonl
    /// Lines.
    case text
    /// Bytes without records, cut anywhere.
    case bytes
  }

  /// What happens to a record that cannot be read.
  package enum BadRecordPolicy: String, Sendable, Equatable, CaseIterable {
    /// The run fails and names it.
    case fail
    /// It is left out and counted.
    case skip
  }
}
