#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import PipelineCore
import SwiftProtobuf

extension Response {
  /// The response's frame. One that is larger than ``sizeLimit`` will be refused.
  package func encoded() -> [UInt8] {
    var proto = ProtoResponse()
    proto.response = ProtoResponse.OneOf_Response(self)
    return Protobuf.encode(proto, prefix: ControlKind.response.prefix)
  }

  /// Reads and checks a frame.
  ///
  /// - Throws: ``WireError``.
  package init(frame: UnsafeRawBufferPointer) throws(WireError) {
    let check = FieldCheck(message: "response")
    let body = try ControlKind.response.body(of: frame, name: check.message)
    let proto: ProtoResponse = try Protobuf.decode(
      body, limit: WireLimits.largeCommand,
      nested: [
        NestedFields(
          path: [3],
          fields: [RepeatedField(field: 1, limit: WireLimits.commandLines, name: "lines")]),
        NestedFields(path: [5, 3], fields: Submission.repeated),
      ], name: check.message)
    switch proto.response {
    case .refused(let refused): self = .refused(refused.message)
    case .accepted(let accepted): self = .accepted(run: try check.runName(accepted.run))
    case .lines(let lines):
      self = .lines(Lines(lines.lines, next: lines.next, isOver: lines.over))
    case .standing(let standing): self = .standing(try Standing(standing, check))
    case .description_p(let description):
      self = .description(
        Description(
          run: try check.run(description.run), id: try check.runName(description.id),
          submission: try Submission(description.submission, check),
          plan: description.hasPlan ? try Plan(description.plan, check) : nil))
    case .done: self = .done
    case nil: throw check.fail("it answers nothing, or something this version does not know")
    }
    try check.size(frame.count, limit: sizeLimit)
  }
}

extension Response.Standing {
  fileprivate init(_ proto: ProtoResponse.Standing, _ check: FieldCheck) throws(WireError) {
    guard let state = UInt8(exactly: proto.state.rawValue).flatMap(Response.State.init(rawValue:))
    else { throw check.fail("unknown state \(proto.state.rawValue) of a run") }
    self.init(
      run: try check.runName(proto.run), state: state, message: proto.message,
      summary: proto.summary, output: [UInt8](proto.output), progress: proto.progress)
  }
}

extension ProtoResponse.State {
  fileprivate init(_ value: Response.State) {
    self =
      switch value {
      case .queued: .queued
      case .running: .running
      case .finished: .finished
      case .failed: .failed
      case .rejected: .rejected
      case .cancelled: .cancelled
      }
  }
}

extension ProtoResponse.OneOf_Response {
  fileprivate init(_ value: Response) {
    switch value {
    case .refused(let message): self = .refused(.with { $0.message = message })
    case .accepted(let run): self = .accepted(.with { $0.run = run })
    case .lines(let lines):
      self = .lines(
        .with {
          $0.lines = lines.lines
          $0.next = lines.next
          $0.over = lines.isOver
        })
    case .standing(let standing):
      self = .standing(
        .with {
          $0.run = standing.run
          $0.state = ProtoResponse.State(standing.state)
          $0.message = standing.message
          $0.summary = standing.summary
          $0.output = Data(standing.output)
          $0.progress = standing.progress
        })
    case .description(let description):
      self = .description_p(
        .with {
          $0.run = description.run.rawValue
          $0.id = description.id
          $0.submission = ProtoSubmission(description.submission)
          if let plan = description.plan { $0.plan = ProtoPlan(plan) }
        })
    case .done: self = .done(ProtoResponse.Done())
    }
  }
}
