/// What was done to runs, and what they made of it.
struct ChaosCounts {
  var runs = 0
  var workerKills = 0
  var workerStops = 0
  var coordinatorKills = 0
  var coordinatorStops = 0
  var resumes = 0
  var storeFailures = 0
  /// Partitions taken from workers that were lost.
  var requeued = 0
  /// Results that arrived twice and counted once.
  var duplicates = 0
  /// Partitions that a resumed run found stored.
  var resumed = 0
  var secondAttempts = 0

  static func += (left: inout ChaosCounts, right: ChaosCounts) {
    left.runs += right.runs
    left.workerKills += right.workerKills
    left.workerStops += right.workerStops
    left.coordinatorKills += right.coordinatorKills
    left.coordinatorStops += right.coordinatorStops
    left.resumes += right.resumes
    left.storeFailures += right.storeFailures
    left.requeued += right.requeued
    left.duplicates += right.duplicates
    left.resumed += right.resumed
    left.secondAttempts += right.secondAttempts
  }

  /// For people, without the number of runs.
  var text: String {
    "workers: \(workerKills) killed, \(workerStops) stopped; coordinator: \(coordinatorKills) killed, "
      + "\(coordinatorStops) stopped; \(storeFailures) store failures, \(resumes) resumes; partitions: "
      + "\(requeued) re-queued, \(duplicates) arrived twice, \(secondAttempts) second attempts, "
      + "\(resumed) found stored"
  }
}
