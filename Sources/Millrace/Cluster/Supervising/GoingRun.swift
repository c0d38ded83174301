import Foundation
import Ledger
import PipelineCore
import Runtime
import Topology
import Wire

/// The run of a cluster that goes on now, as its supervisor carries it out.
struct GoingRun {
  let run: ClusterRun
  let submission: Submission
  let topology: Topology
  /// `nil` until a ventilator has planned the run.
  var plan: Plan?
  /// `nil` until the run is planned: what happened before waits in ``early``.
  var books: RunBooks?
  var early: [Entry] = []
  var figures: RunFigures
  let progress: ProgressLine

  /// Something to be written into the ledger.
  struct Entry {
    var object: JSONObject
    var node: NodeID?
    var partition: PartitionID?
  }

  /// Entries that wait for the ledger.
  private static let maximumEarly = 1000

  init(_ run: ClusterRun, _ submission: Submission, _ topology: Topology, at now: Instant) {
    self.run = run
    self.submission = submission
    self.topology = topology
    figures = RunFigures(began: now)
    progress = ProgressLine(
      stage: topology.stages[topology.stages.count - 1].name, isTerminal: false, start: now,
      totalBytes: nil)
  }

  /// The limits that its supervisor keeps.
  var configuration: Supervisor.Configuration {
    topology.supervisorConfiguration(acrossHosts: true)
  }

  /// What a ventilator or a sink is told.
  var description: Response.Description {
    Response.Description(run: run.run, id: run.id, submission: submission, plan: plan)
  }

  /// Writes something into the ledger, now or as soon as there is one.
  mutating func record(
    _ object: JSONObject, node: NodeID? = nil, partition: PartitionID? = nil
  ) {
    var object = object
    object.set("at", RunBooks.now)
    if let books {
      books.record(object, node: node, partition: partition)
    } else if early.count < Self.maximumEarly {
      early.append(Entry(object: object, node: node, partition: partition))
    }
  }

  /// The ledger has begun.
  mutating func open(_ books: RunBooks, _ plan: Plan) {
    self.books = books
    self.plan = plan
    for entry in early {
      books.record(entry.object, node: entry.node, partition: entry.partition)
    }
    early = []
  }

  /// The paths of the source's files, as the plan tells them; empty while there is no plan.
  ///
  /// - Throws: ``ClusterError`` when the plan tells none.
  func files() throws(ClusterError) -> [String] {
    struct Told: Decodable { var files: [String] }
    guard let plan else { return [] }
    do {
      return try JSONDecoder().decode(Told.self, from: Data(plan.json.utf8)).files
    } catch {
      throw ClusterError("the plan of run \(run.id) does not tell its files: \(error)")
    }
  }

  /// How far it is, for people.
  func progress(at now: Instant) -> String {
    plan == nil ? "is being planned" : progress.text(figures.snapshot, at: now)
  }
}
