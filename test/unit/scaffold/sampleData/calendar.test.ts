import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDays, isCalendarDay, rowsPerDay } from '../../../../src/scaffold/sampleData/calendar.js';

describe('the calendar', () => {
  it('knows which texts are days', () => {
    for (const day of ['2026-01-01', '2024-02-29']) assert(isCalendarDay(day), day);
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '01/01/2026', '', '2026-01-01T00:00']) {
      assert(!isCalendarDay(text), text);
    }
  });

  it('goes on over a leap day and a year', () => {
    const days = calendarDays('2023-12-31', 61).map(({ iso }) => iso);
    assert.deepEqual([days[0], days[1], days[60]], ['2023-12-31', '2024-01-01', '2024-02-29']);
  });

  it('writes a day in both formats', () => {
    const [day] = calendarDays('2026-01-05', 1);
    assert.deepEqual([day?.iso, day?.dayFirst, day?.sunday], ['2026-01-05', '05/01/2026', false]);
  });

  it('makes Saturdays and December busy', () => {
    const weightOf = (day: string) => calendarDays(day, 1)[0]?.weight ?? 0;
    assert(weightOf('2026-01-10') > weightOf('2026-01-12'));
    assert(weightOf('2026-12-07') > weightOf('2026-02-02'));
  });

  it('shares out exactly the rows there are', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 400 }), (rows, count) => {
        const shares = rowsPerDay(calendarDays('2026-01-01', count), rows);
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          rows,
        );
        assert(shares.every((share) => share >= 0));
      }),
      { numRuns: 50 },
    );
  });
});
