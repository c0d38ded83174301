import PipelineCore

/// What entitles a run to fail.
struct Excuses {
  /// The disk did not take results.
  var storeFailed = false
  /// A partition was put into quarantine.
  var hasGivenUp = false
  /// The run would fail again for the same reason.
  var isFinal = false
  /// Deaths of children, by station.
  var deaths: [Int] = []

  /// Nothing went wrong yet.
  mutating func begin(stations: Int) {
    self = Excuses()
    deaths = Array(repeating: 0, count: stations)
  }
}
