import PipelineCore
import Testing

@Suite("Spans")
struct SpanTests {
  @Test func multiplyingStopsAtTheLongest() {
    #expect(Span.milliseconds(250) * 3 == .milliseconds(750))
    #expect(Span(nanoseconds: .max) * 3 == Span(nanoseconds: .max))
    #expect(Span(nanoseconds: .min) * 3 == Span(nanoseconds: .min))
    #expect(Span(nanoseconds: .max) * -3 == Span(nanoseconds: .min))
  }
}
