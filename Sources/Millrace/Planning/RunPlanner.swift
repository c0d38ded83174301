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
      hasNoRecords: hasNoRecords)
    return PlannedRun(
      topology: topology, input: input, format: format, schema: schema,
      steps: try chain.steps(), target: OutputTarget(topology.sink))
  }

  private func planInput(
    _ topology: Topology, _ paths: [String]
  ) throws(TopologyErrors) -> (InputFormat, PlannedInput?) {
    guard case .files(let source) = topology.source else { return (.range, nil) }
    let format = InputFormat(source)
    let overrides = source.columns.map { column in
      ColumnOverride(name: column.name, type: ColumnType(column.type))
    }
    do throws(InputPlanError) {
      return (format, try InputPlanner(format: format, overrides: overrides).plan(paths: paths))
    } catch {
      switch error {
      case .source(let error):
        throw TopologyErrors(error.message, at: place(of: error))
      case .unknownColumns(let unknown):
        throw TopologyErrors(
          unknown.compactMap { column in
            guard let place = source.columns.first(where: { $0.name == column.name })?.position
            else { return nil }
            let suggestion = column.nearest.map { "; did you mean '\($0)'?" } ?? ""
            return TopologyError(
              "the source has no column '\(column.name)'\(suggestion)", at: place)
          })
      }
    }
  }

  /// The place in a source's file that an error names, with a line where it can be counted.
  private func place(of error: SourceError) -> TopologyPosition {
    guard let offset = error.offset else { return TopologyPosition(file: error.path) }
    return TopologyPosition(file: SourcePlace(path: error.path, offset: offset).description)
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

extension InputFormat {
  /// The format that a topology's source names.
  fileprivate init(_ source: Topology.FileSource) {
    let options = CSVOptions(
      delimiter: source.delimiter, quote: source.quote, header: source.header, nulls: source.nulls)
    let kind: Kind =
      switch source.format {
      case .csv, .tsv: .delimited(options)
      case .jsonl: .jsonLines
      case .text: .text
      case .bytes: .bytes
      }
    self.init(
      kind, maxRecord: source.maxRecord, onBadRecord: source.onBadRecord == .skip ? .skip : .fail)
  }
}

extension ColumnType {
  /// The type that a topology's name stands for.
  fileprivate init(_ name: ColumnTypeName) {
    self =
      switch name {
      case .boolean: .boolean
      case .integer: .integer
      case .bigint: .bigint
      case .double: .double
      case .numeric: .numeric
      case .text: .text
      case .date: .date
      case .timestamp: .timestamp
      case .timestamptz: .timestamptz
      case .interval: .interval
      }
  }
}
