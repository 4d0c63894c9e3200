// Package stage holds values back from a channel until somebody releases them: the staging areas of one channel, and
// what may be asked of them.
//
// A Request says what to do (an Action), with which areas (IDs) and with which records. Areas.Apply does it whole or
// not at all and tells what became of the areas and which Events it made: one for each record that was touched. The
// gateway applies requests on the engine's goroutine, where the values that are released tick their channel.
//
//	action    no records                                        records
//	Created   a new empty area                                  -
//	Added     as Created                                        no IDs: the newest area, or a new one
//	                                                            empty IDs: each area without that id, or a new one
//	                                                            IDs: each of them; one that there is not is an error
//	Removed   no IDs: drops the newest area                     no IDs: from the newest area that has it
//	          empty IDs: drops all                              empty IDs: from every area
//	          IDs: empties them                                 IDs: from them
//	Released  no IDs or empty IDs: all areas; IDs: those        -
//
// Newest means made last. Records are told apart by id only, and the first of an area with that id counts. IDs that
// there are not are skipped unless something is added.
//
// Costs: adding is O(1) a named area, removing O(records of the area). A Set belongs to one goroutine; the areas it
// gives out never change. How much may be held is bounded by MaxAreas and MaxRecords.
package stage
