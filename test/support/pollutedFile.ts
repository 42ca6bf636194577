/** A CSV file with one of each fault that an inspection tells of: ragged, unquoted, mixed, doubtful, and too long. */
export const pollutedFile = [
  'receipt,day,store,amount,note,a_column_with_a_name_that_goes_on_and_on_and_on_until_nobody_reads_it',
  ...Array.from({ length: 40 }, (_, at) => `${at + 1},0${(at % 9) + 1}/02/2026,Lyon,${at},,x`),
  '41,03/04/2026,lyon,n/a,"late, but here",x',
  '42,03/04/2026,Nice,12.50,too few',
  '43,03/04/2026,Nice,1,a,b,too,many',
  'receipt,day,store,amount,note,a_column_with_a_name_that_goes_on_and_on_and_on_until_nobody_reads_it',
  `44,03/04/2026, Metz ,0012,${'a very long text '.repeat(60)},x`,
  '45,03/04/2026,Metz,7,"said ""hi"" twice" and more,x',
  '46,03/04/2026,Metz,<b>8</b>,-,x',
  'Total,,,900,,',
  '',
].join('\n');
