import Columnar
import Formats
import Operators
import Query
import Topology

/// Makes the steps of a run out of a topology's stages: each stage reads what the one before wrote.
///
/// Stages run one after the other on the same partition in the same worker, so all but the last
/// must give each partition's rows by themselves.
struct StageChain {
  let topology: Topology
  let registry: OperatorRegistry
  let format: InputFormat
  let schema: InputSchema
  /// The topology's tables.
  let tables: [SQLTable]
  /// Whether the files hold nothing that types could be inferred from.
  let hasNoRecords: Bool

  /// What rows between two SQL stages are written as: exact, and NULL apart from every text.
  private static let betweenNull = "\\N"

  /// The steps, in order.
  ///
  /// - Throws: everything that is wrong with the stages.
  func steps() throws(TopologyErrors) -> [PlannedRun.Step] {
    var steps: [PlannedRun.Step] = []
    var format = format
    var schema = schema
    for (position, stage) in topology.stages.enumerated() {
      let isLast = position == topology.stages.count - 1
      switch stage.work {
      case .operator(let call):
        guard topology.stages.count == 1 else {
          throw TopologyErrors(
            "an operator cannot be chained with other stages yet; make it the only stage",
            at: stage.position)
        }
        steps.append(try operatorStep(stage, call))
      case .sql(let text):
        let output: OutputFormat =
          isLast
          ? self.output
          : .delimited(
            DelimitedOutput(delimiter: UInt8(ascii: ","), header: false, null: Self.betweenNull))
        let configuration = SQLConfiguration(
          sql: text.string, input: format, schema: schema, output: output,
          // Only what the query may name travels with it.
          tables: tables.filter { text.string.lowercased().contains($0.name) })
        let (plan, bytes) = try bind(configuration, text)
        if !isLast { try refuseMerging(plan, stage) }
        steps.append(
          PlannedRun.Step(
            stageName: stage.name, operatorName: SQLOperator.name, configuration: bytes,
            plan: plan))
        if !isLast {
          schema = try schemaAfter(plan, stage)
          format = InputFormat(
            .delimited(
              CSVOptions(
                delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""), header: false,
                nulls: [Self.betweenNull])), maxRecord: InputFormat.largestMaxRecord)
        }
      }
    }
    return steps
  }

  private func operatorStep(
    _ stage: Topology.Stage, _ call: Topology.OperatorCall
  ) throws(TopologyErrors) -> PlannedRun.Step {
    let configuration = call.configuration.map { Array($0.utf8) } ?? []
    do {
      _ = try registry.make(call.name, configuration: configuration)
    } catch {
      throw TopologyErrors("\(error)", at: call.position)
    }
    return PlannedRun.Step(
      stageName: stage.name, operatorName: call.name, configuration: configuration, plan: nil)
  }

  private func bind(
    _ configuration: SQLConfiguration, _ text: SourceText
  ) throws(TopologyErrors) -> (QueryPlan, [UInt8]) {
    do {
      return (try SQLOperator(configuration).plan, try configuration.encoded())
    } catch let error as SQLError {
      let hint =
        hasNoRecords
        ? "; the source has no records, so columns that are not declared in source.columns count "
          + "as text" : ""
      throw TopologyErrors(
        error.message + hint, at: text.position(ofUTF8Offset: error.position ?? 0))
    } catch {
      throw TopologyErrors("\(error)", at: text.position(ofUTF8Offset: 0))
    }
  }

  private func refuseMerging(
    _ plan: QueryPlan, _ stage: Topology.Stage
  ) throws(TopologyErrors) {
    guard !plan.isRowWise else { return }
    throw TopologyErrors(
      "stage '\(stage.name)' groups, sorts or limits rows, which needs all partitions together; "
        + "only the last stage can do that yet: move it to the end or combine the two queries",
      at: stage.position)
  }

  private func schemaAfter(
    _ plan: QueryPlan, _ stage: Topology.Stage
  ) throws(TopologyErrors) -> InputSchema {
    let columns = plan.columns.map { column in
      InputColumn(name: column.name, type: column.type, isDeclared: true)
    }
    var names: Set<String> = []
    for column in columns where !names.insert(column.name).inserted {
      throw TopologyErrors(
        "stage '\(stage.name)' has two columns named '\(column.name)'; name them with AS, so that "
          + "the next stage can tell them apart", at: stage.position)
    }
    return InputSchema(columns: columns)
  }

  /// How the last stage's rows are written.
  private var output: OutputFormat {
    switch topology.sink {
    case .table, .discard: return .table
    case .file(let sink):
      switch sink.format {
      case .csv:
        return .delimited(
          DelimitedOutput(delimiter: UInt8(ascii: ","), header: sink.header, null: sink.null))
      case .tsv:
        return .delimited(
          DelimitedOutput(delimiter: UInt8(ascii: "\t"), header: sink.header, null: sink.null))
      case .jsonl: return .jsonLines
      case .text: return .text
      }
    }
  }
}
