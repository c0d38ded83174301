import PipelineCore
import Wire

extension Arbitrary {
  mutating func run() -> RunID { RunID(rawValue: max(1, word())) }

  private mutating func name() -> String {
    ["last", "20261121-205612-delays-3f9c", "Zoë"].randomElement(using: &random)!
  }

  private mutating func flag() -> Bool { random.chance(2) }

  mutating func submission() -> Submission {
    Submission(
      files: (0...Int.random(in: 0...3, using: &random)).map { number in
        Submission.File(path: "/t/\(number).yaml", content: payload())
      },
      environment: (0..<Int.random(in: 0...3, using: &random)).map { number in
        Submission.Variable(name: "V\(number)", value: text())
      }, overrides: flag() ? [] : ["workers=2", ""])
  }

  mutating func plan() -> Plan {
    Plan(fingerprint: "0123456789abcdef", json: text(), specification: [1] + payload())
  }

  mutating func request() -> Request {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .submit(submission(), token: max(1, word()))
    case 1: .status(json: flag())
    case 2: .cancel(run: name())
    case 3: .logs(run: name(), after: word(), json: flag())
    case 4: .standing(run: name())
    case 5: .describe(run())
    case 6: .planned(run(), plan())
    case 7: .rejected(run(), reasons: [text(), "t.yaml:1:1: error: no"])
    case 8: .output(run(), payload())
    default: .quarantine(run(), record: text(), content: flag() ? nil : payload())
    }
  }

  mutating func response() -> Response {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .refused(text())
    case 1: .accepted(run: name())
    case 2: .lines(Response.Lines([text(), ""], next: word(), isOver: flag()))
    case 3:
      .standing(
        Response.Standing(
          run: name(), state: Response.State.allCases.randomElement(using: &random)!,
          message: text(), summary: text(), output: payload(), progress: text()))
    case 4:
      .description(
        Response.Description(
          run: run(), id: name(), submission: submission(), plan: flag() ? nil : plan()))
    default: .done
    }
  }
}
