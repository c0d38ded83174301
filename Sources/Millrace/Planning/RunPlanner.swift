import Columnar
import Formats
import Operators
import Query
import Runtime
import Topology

/// Turns a topology file into a run that can start, or says everything that is wrong with it.
struct RunPlanner {
  let registry: OperatorRegistry

  /// Reads a topology and checks it against its source and the operators of this binary.
  ///
  /// - Parameter workers: replaces the topology's number of workers.
  /// - Throws: ``Rejection``.
  func plan(
    path: String, overrides: [String], workers: Int?, environment: [String: String],
    processorCount: Int
  ) throws(Rejection) -> PlannedRun {
    var overrides = overrides
    if let workers {
      let allowed = Topology.workerCounts
      guard allowed.contains(Int64(workers)) else {
        throw Rejection(
          "--workers: error: \(workers) is not from \(allowed.lowerBound) to \(allowed.upperBound)")
      }
      overrides.append("workers=\(workers)")
    }
    let topology: Topology
    do throws(TopologyErrors) {
      topology = try Topology.load(
        path: path, overrides: overrides, environment: environment, processorCount: processorCount)
    } catch {
      throw Rejection(error.errors.map(\.description))
    }
    return try plan(topology)
  }

  /// Checks a topology against its source and the operators of this binary.
  ///
  /// - Throws: ``Rejection``.
  func plan(_ topology: Topology) throws(Rejection) -> PlannedRun {
    do throws(TopologyErrors) {
      return try plan(topology, paths: try topology.resolveFiles())
    } catch {
      throw Rejection(error.errors.map(\.description))
    }
  }

  private func plan(_ topology: Topology, paths: [String]) throws(TopologyErrors) -> PlannedRun {
    let (format, input) = try planInput(topology, paths)
    let schema = input?.schema ?? .range
    try refuseOverwritingInput(topology, paths)
    let hasNoRecords =
      input.map { input in
        zip(input.files, input.firstRecords).allSatisfy { $0.size <= $1 }
      } ?? false
    let chain = StageChain(
      topology: topology, registry: registry, format: format, schema: schema,
      tables: try TablePlanner(topology).tables(), hasNoRecords: hasNoRecords)
    return PlannedRun(
      topology: topology, input: input, format: format, schema: schema,
      steps: try chain.steps(), target: OutputTarget(topology.sink))
  }

  private func planInput(
    _ topology: Topology, _ paths: [String]
  ) throws(TopologyErrors) -> (InputFormat, PlannedInput?) {
    guard case .files(let source) = topology.source else { return (.range, nil) }
    return (InputFormat(source), try source.planned(paths, called: "the source"))
  }

  private func refuseOverwritingInput(
    _ topology: Topology, _ paths: [String]
  ) throws(TopologyErrors) {
    guard case .file(let sink) = topology.sink, paths.contains(sink.path) else { return }
    throw TopologyErrors(
      "the output would replace \(sink.path), which the source reads; choose another file",
      at: sink.position)
  }
}
