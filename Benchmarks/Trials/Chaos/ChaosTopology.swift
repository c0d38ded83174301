/// What is run under chaos: each kind of source and of merging, in thousands of partitions.
enum ChaosTopology: String, CaseIterable {
  /// A GROUP BY with sums of floating-point numbers: merged in a tree.
  case groups
  /// A filter of rows: joined end to end.
  case rows
  /// Numbers with bytes carried along.
  case numbers
  /// Tasks that wait, and answer with their numbers.
  case tasks

  /// Whether it reads the file of ``ChaosInput``.
  var readsFile: Bool { self == .groups || self == .rows }

  /// The topology's text, but for its sink.
  ///
  /// - Parameters:
  ///   - input: the file of those that read one.
  ///   - bytes: the file's size, which is cut into some 4,000 partitions.
  func text(input: String, bytes: Int, workers: Int) -> String {
    """
    topology: chaos-\(rawValue)
    source:
      \(readsFile ? Self.source(input, bytes) : range)
    stages:
      - name: \(rawValue)
        \(work)
    workers: \(workers)
    # Beats are short, so that much happens in little time. Deaths are no partition's fault here.
    liveness: { interval: 100ms, missed: 3 }
    attempts: 100
    sink: { discard: true }

    """
  }

  private static func source(_ input: String, _ bytes: Int) -> String {
    "{ files: \"\(input)\", format: csv, partition: \(max(bytes / 4000, 4096)), "
      + "columns: { reading: double } }"
  }

  private var range: String {
    self == .numbers
      ? "{ range: { from: 0, to: 4000000 }, partition: 500, payload: 16 }"
      : "{ range: { from: 0, to: 4000 }, partition: 1 }"
  }

  /// Each row makes kilobytes of text, so that a run is long enough to be disturbed.
  private var work: String {
    switch self {
    case .groups:
      """
      sql: SELECT station, count(*) AS readings, sum(reading) AS total, stddev(reading) AS spread,
                   sum(length(repeat(note, 80))) AS letters, max(id) AS last
                 FROM input GROUP BY station ORDER BY station
      """
    case .rows:
      """
      sql: SELECT id, reading * 1.1 AS scaled, note
                 FROM input WHERE reading > 55 AND length(repeat(note, 80)) >= 0
      """
    case .numbers: "operator: echo"
    case .tasks: "operator: { name: sleep, configuration: { milliseconds: 2 } }"
    }
  }
}
