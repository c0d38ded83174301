import DequeModule

/// What the thread that makes results durable is doing.
struct SinkFlush {
  /// The last message handed over.
  var token: UInt64 = 0
  /// The last message that was answered.
  var doneToken: UInt64 = 0
  /// The flush under way: the last message that it covers, the files, and the partitions.
  var underWay: (token: UInt64, names: [String], partitions: [UInt32])?
  /// Partitions that were appended and are in no flush yet.
  var appended: [UInt32] = []
}
