#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import PipelineCore
import SwiftProtobuf

extension Request {
  /// The request's frame. One that is larger than ``sizeLimit`` will be refused.
  package func encoded() -> [UInt8] {
    var proto = ProtoRequest()
    proto.request = ProtoRequest.OneOf_Request(self)
    return Protobuf.encode(proto, prefix: ControlKind.request.prefix)
  }

  /// Reads and checks a frame.
  ///
  /// - Throws: ``WireError``. A message that throws has no effect.
  package init(frame: UnsafeRawBufferPointer) throws(WireError) {
    let check = FieldCheck(message: "request")
    let body = try ControlKind.request.body(of: frame, name: check.message)
    // Fields 9 and 10, output and quarantine, may be large: their keys as the first byte.
    let isLarge = body.first == 9 << 3 | 2 || body.first == 10 << 3 | 2
    let proto: ProtoRequest = try Protobuf.decode(
      body, limit: isLarge ? WireLimits.largeCommand : WireLimits.command,
      nested: [
        NestedFields(path: [1, 1], fields: Submission.repeated),
        NestedFields(
          path: [8],
          fields: [RepeatedField(field: 2, limit: WireLimits.commandLines, name: "reasons")]),
      ], name: check.message)
    switch proto.request {
    case .submit(let submit):
      guard submit.token != 0 else { throw check.fail("the token is missing, or 0") }
      self = .submit(try Submission(submit.submission, check), token: submit.token)
    case .status(let status): self = .status(json: status.json)
    case .cancel(let cancel): self = .cancel(run: try check.runName(cancel.run))
    case .logs(let logs):
      self = .logs(run: try check.runName(logs.run), after: logs.after, json: logs.json)
    case .standing(let standing): self = .standing(run: try check.runName(standing.run))
    case .describe(let describe): self = .describe(try check.run(describe.run))
    case .planned(let planned):
      self = .planned(try check.run(planned.run), try Plan(planned.plan, check))
    case .rejected(let rejected):
      guard !rejected.reasons.isEmpty else { throw check.fail("a rejection without a reason") }
      self = .rejected(try check.run(rejected.run), reasons: rejected.reasons)
    case .output(let output):
      self = .output(try check.run(output.run), [UInt8](output.content))
    case .quarantine(let quarantine):
      self = .quarantine(
        try check.run(quarantine.run), record: quarantine.record,
        content: quarantine.hasContent ? [UInt8](quarantine.content) : nil)
    case nil: throw check.fail("it asks nothing, or something this version does not know")
    }
    try check.size(frame.count, limit: sizeLimit)
  }
}

extension FieldCheck {
  /// Refuses a missing run.
  func run(_ value: UInt64) throws(WireError) -> RunID {
    guard value != 0 else { throw fail("the run is missing, or 0") }
    return RunID(rawValue: value)
  }

  /// Refuses more bytes than the message may have.
  func size(_ count: Int, limit: Int) throws(WireError) {
    guard count <= limit else {
      throw fail("it has \(count) bytes; at most \(limit) are allowed")
    }
  }

  /// Refuses a missing name of a run.
  func runName(_ value: String) throws(WireError) -> String {
    try text(value, "the run's name", required: true)
  }
}

extension ProtoRequest.OneOf_Request {
  fileprivate init(_ value: Request) {
    switch value {
    case .submit(let submission, let token):
      self = .submit(
        .with {
          $0.submission = ProtoSubmission(submission)
          $0.token = token
        })
    case .status(let json): self = .status(.with { $0.json = json })
    case .cancel(let run): self = .cancel(.with { $0.run = run })
    case .logs(let run, let after, let json):
      self = .logs(
        .with {
          $0.run = run
          $0.after = after
          $0.json = json
        })
    case .standing(let run): self = .standing(.with { $0.run = run })
    case .describe(let run): self = .describe(.with { $0.run = run.rawValue })
    case .planned(let run, let plan):
      self = .planned(
        .with {
          $0.run = run.rawValue
          $0.plan = ProtoPlan(plan)
        })
    case .rejected(let run, let reasons):
      self = .rejected(
        .with {
          $0.run = run.rawValue
          $0.reasons = reasons
        })
    case .output(let run, let content):
      self = .output(
        .with {
          $0.run = run.rawValue
          $0.content = Data(content)
        })
    case .quarantine(let run, let record, let content):
      self = .quarantine(
        .with {
          $0.run = run.rawValue
          $0.record = record
          if let content { $0.content = Data(content) }
        })
    }
  }
}
