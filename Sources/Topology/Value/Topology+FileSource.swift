extension Topology {
  /// A source that reads files.
  package struct FileSource: Sendable, Equatable {
    /// Paths and globs in the order given; at least one. See ``Topology/resolveFiles()``.
    package internal(set) var patterns: [FilePattern]
    /// How the bytes are read.
    package internal(set) var format: Format
    /// Size of a partition in bytes: 1 KiB to 1 GiB.
    package internal(set) var partition: Int
    /// Types given by the user, in the order given; for csv, tsv and jsonl.
    package internal(set) var columns: [ColumnOverride]
    /// Whether each file begins with a line of column names; for csv and tsv.
    package internal(set) var header: Bool
    /// Field texts that mean NULL, without repetition; for csv and tsv.
    package internal(set) var nulls: [String]
    /// The ASCII byte between fields; for csv and tsv.
    package internal(set) var delimiter: UInt8
    /// The ASCII byte around quoted fields, or `nil` when fields are never quoted; for csv and tsv.
    package internal(set) var quote: UInt8?
    /// Size in bytes that no record may exceed: 1 KiB to 512 MiB.
    package internal(set) var maxRecord: Int
    /// What happens to records that cannot be read.
    package internal(set) var onBadRecord: BadRecordPolicy
    /// How partitions get to the workers.
    package internal(set) var deliver: Delivery
  }

  /// A path or glob of a source, and where the topology says so.
  package struct FilePattern: Sendable, Equatable {
    /// The path or glob as written, environment variables filled in.
    package internal(set) var text: String
    /// Where a relative path begins: the topology file's folder with the slash that ends it, or
    /// empty for the current directory.
    package internal(set) var folder: String
    /// Where it is written.
    package internal(set) var position: TopologyPosition
  }

  /// A column's type as given by the user.
  package struct ColumnOverride: Sendable, Equatable {
    /// The column.
    package internal(set) var name: String
    /// Its type.
    package internal(set) var type: ColumnTypeName
    /// Where the column's name is written.
    package internal(set) var position: TopologyPosition
  }
}
